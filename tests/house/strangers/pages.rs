//! What a page offers: its forms with what stands in them, and where its links lead.

/// A form of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub is_post: bool,
    pub fields: Vec<Field>,
}

/// One thing that a form sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
    /// Whether somebody types into it.
    pub is_typed: bool,
}

/// Every form of a page, with one value of each name.
pub fn forms(page: &str) -> Vec<Form> {
    let inside = page.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap_or(""));
    inside.map(form).collect()
}

fn form(text: &str) -> Form {
    let (head, rest) = text.split_once('>').unwrap_or((text, ""));
    let mut fields: Vec<Field> = Vec::new();
    for tag in rest.split('<').skip(1) {
        let (inner, after) = tag.split_once('>').unwrap_or((tag, ""));
        let Some(name) = attribute(inner, "name") else {
            continue;
        };
        let kind = attribute(inner, "type").unwrap_or_default();
        let value = match inner.split_whitespace().next() {
            Some("textarea") => unescaped(after),
            Some("select") => chosen(rest, &name),
            _ => attribute(inner, "value").unwrap_or_default(),
        };
        let is_typed = inner.starts_with("textarea")
            || (inner.starts_with("input") && !["hidden", "radio", "checkbox"].contains(&&*kind));
        if fields.iter().all(|it| it.name != name) {
            fields.push(Field { name, value, is_typed });
        }
    }
    let is_post = attribute(head, "method").is_some_and(|it| it == "post");
    Form { action: attribute(head, "action").unwrap_or_default(), is_post, fields }
}

/// The first value that a list of this name offers.
fn chosen(form: &str, name: &str) -> String {
    let list = form.split("<select").find(|it| it.contains(&format!("name=\"{name}\"")));
    let list = list.and_then(|it| it.split("</select>").next()).unwrap_or("");
    let mut values = list.split("<option").skip(1).filter_map(|it| attribute(it, "value"));
    values.find(|it| !it.is_empty()).unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    Some(unescaped(rest.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// Where the links of a page lead inside the house.
pub fn links(page: &str) -> Vec<String> {
    let found = page.split(" href=\"").skip(1).filter_map(|it| it.split('"').next());
    found.filter(|it| it.starts_with('/')).map(unescaped).collect()
}

#[test]
fn a_form_is_read_as_a_browser_would_send_it() {
    let page = r#"<form method="post" action="/a?b=1&amp;c=2"><input type="hidden" name="once"
        value="7"><textarea name="note">Sam &amp; Kit</textarea><select name="way"><option
        value="">-</option><option value="cash">Cash</option></select></form><a href="/b">B</a>"#;

    let found = forms(page);

    let field = |name: &str, value: &str, is_typed| Field {
        name: name.into(),
        value: value.into(),
        is_typed,
    };
    assert_eq!(
        found,
        [Form {
            action: "/a?b=1&c=2".into(),
            is_post: true,
            fields: vec![
                field("once", "7", false),
                field("note", "Sam & Kit", true),
                field("way", "cash", false),
            ],
        }]
    );
    assert_eq!(links(page), ["/b"]);
}
