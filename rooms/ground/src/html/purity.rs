//! What no page may hold: a style, a script of its own, an event, a foreign place.

/// Every opening tag with something in it that the content security policy would refuse.
pub(super) fn impurities(html: &str) -> Vec<String> {
    html.split('<')
        .skip(1)
        .filter_map(|it| it.split('>').next())
        .filter(is_impure)
        .map(str::to_owned)
        .collect()
}

fn is_impure(tag: &&str) -> bool {
    let names = unquoted(tag);
    let mut words = names.split_whitespace();
    let element = words.next().unwrap_or("");
    let inline = element == "style" || (element == "script" && !names.contains(" src="));
    let foreign =
        [" src=\"http", " href=\"http://", "=\"javascript:"].iter().any(|it| tag.contains(it));
    inline
        || foreign
        || words.any(|word| {
            word.starts_with("style=") || (word.starts_with("on") && word.contains('='))
        })
}

/// A tag without the values of its attributes.
fn unquoted(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}

#[test]
fn what_the_policy_would_refuse_is_found() {
    for bad in
        ["<p style=\"x\">", "<script>", "<a onclick=\"x\">", "<img src=\"https://x\">", "<style>"]
    {
        assert_eq!(impurities(bad).len(), 1, "{bad}");
    }
    let good = "<p title=\"an onclick=x style=y\"><script src=\"/a.js\"></script>";
    assert_eq!(impurities(good), Vec::<String>::new());
}
