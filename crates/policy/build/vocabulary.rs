//! From the JSON form of a Cedar schema to Rust: one enum of kinds of thing, one for each
//! enumerated type, and one of acts whose payload is the act's context.
//!
//! A group of acts has no principal and no thing, so nobody can ever ask about it: it becomes a
//! name that acts carry, never an act.

use serde_json::{Map, Value};

/// The Rust text of the vocabulary, or what in the schema this program has no words for.
pub fn of(schema: &Value) -> Result<String, String> {
    let schema = schema.get("").ok_or("the schema must use no namespace")?;
    let kinds = object(schema, "entityTypes")?;
    let actions = object(schema, "actions")?;

    let mut rust = kind_enum(kinds)?;
    for (name, kind) in kinds.iter().filter(|(_, kind)| kind.get("enum").is_some()) {
        rust += &word_enum(name, kind)?;
    }
    let mut acts = Vec::new();
    for (name, action) in actions.iter().filter(|(_, action)| !is_group(action)) {
        acts.push(Act::read(name, action, kinds)?);
    }
    acts.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(rust + &act_enum(&acts) + &act_methods(&acts))
}

struct Act {
    name: String,
    doc: String,
    groups: Vec<String>,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    doc: String,
    /// The Rust type of the field.
    rust: String,
    /// The expression that makes a `Fact` of a reference to it.
    fact: String,
    /// The expression that takes it from an attempt.
    told: String,
}

impl Act {
    fn read(name: &str, action: &Value, kinds: &Map<String, Value>) -> Result<Self, String> {
        let mut fields = Vec::new();
        let context = action.pointer("/appliesTo/context/attributes").and_then(Value::as_object);
        for (field, shape) in context.into_iter().flatten() {
            let read = Field::read(field, shape, kinds);
            fields.push(read.map_err(|fault| format!("action {name}, {field}: {fault}"))?);
        }
        let groups = action.get("memberOf").and_then(Value::as_array).into_iter().flatten();
        let groups = groups.filter_map(|it| it.get("id").and_then(Value::as_str));
        Ok(Self {
            name: name.to_owned(),
            doc: doc(name, action)?,
            groups: groups.map(str::to_owned).collect(),
            fields,
        })
    }

    fn variant(&self) -> String {
        camel(&self.name)
    }

    /// The pattern of what it carries, whatever that is.
    fn any(&self) -> &'static str {
        if self.fields.is_empty() { "" } else { " { .. }" }
    }

    /// Its fields in braces, each as `form` writes it; nothing without fields.
    fn braced(&self, form: impl Fn(&Field) -> String) -> String {
        match self.fields.is_empty() {
            true => String::new(),
            false => format!(" {{ {} }}", list(self.fields.iter().map(form), ", ")),
        }
    }
}

impl Field {
    fn read(name: &str, shape: &Value, kinds: &Map<String, Value>) -> Result<Self, String> {
        if shape.get("required") == Some(&Value::Bool(false)) {
            return Err("what an act carries is never optional: make it two acts".to_owned());
        }
        let word = shape.get("name").and_then(Value::as_str).ok_or("only plain types travel")?;
        let plain = |rust: &str, doc: &str| (rust.to_owned(), doc.to_owned());
        let mut told = format!("told.take({name:?})?");
        let ((rust, doc), fact) = match word {
            "Bool" => (plain("bool", "Yes or no."), format!("Fact::Bool(*{name})")),
            "Long" => (plain("i64", "A whole number."), format!("Fact::Long(*{name})")),
            "String" => (plain("String", "Text."), format!("Fact::Text({name}.clone())")),
            kind => match kinds.get(kind) {
                Some(shape) if shape.get("enum").is_some() => {
                    (plain(kind, "One of the words."), format!("Fact::from(*{name})"))
                }
                Some(_) => {
                    told = format!("told.id({name:?}, Kind::{kind})?");
                    let doc = format!("The id of a [`Kind::{kind}`].");
                    (plain("String", &doc), format!("Fact::Uid(Uid::new(Kind::{kind}, {name}))"))
                }
                None => return Err(format!("there is no type {kind}")),
            },
        };
        Ok(Self { name: name.to_owned(), doc, rust, fact, told })
    }
}

/// An act that applies to nothing is a group.
fn is_group(action: &Value) -> bool {
    let things = action.pointer("/appliesTo/resourceTypes").and_then(Value::as_array);
    things.is_none_or(Vec::is_empty)
}

/// A kind without attributes and ancestors: a policy can compare it and look no further.
fn is_name(kind: &Value) -> bool {
    kind.get("shape").is_none() && kind.get("memberOfTypes").is_none() && kind.get("tags").is_none()
}

fn kind_enum(kinds: &Map<String, Value>) -> Result<String, String> {
    let mut variants = String::new();
    for (name, kind) in kinds {
        variants += &format!("    /// {}\n    {name},\n", doc(name, kind)?);
    }
    let all = list(kinds.keys().map(|name| format!("Self::{name}")), ", ");
    let words = list(kinds.keys().map(|name| format!("{name:?}")), ", ");
    let names = kinds.iter().filter(|(_, kind)| is_name(kind));
    let names = list(names.map(|(name, _)| format!("Self::{name}")), " | ");
    Ok(format!(
        r#"
/// What a thing is: the entity types of the charter's schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {{
{variants}}}

impl Kind {{
    /// Every kind, in the order of the alphabet.
    pub const ALL: &'static [Self] = &[{all}];

    /// The word that policies use.
    pub fn word(self) -> &'static str {{
        [{words}][self as usize]
    }}

    /// Whether a policy can compare it and look no further.
    pub(crate) fn is_name(self) -> bool {{
        matches!(self, {names})
    }}
}}
"#
    ))
}

fn word_enum(name: &str, kind: &Value) -> Result<String, String> {
    let words = kind.get("enum").and_then(Value::as_array).ok_or("an enum has words")?;
    let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
    let doc = doc(name, kind)?;
    let variant = |word: &&str| format!("    /// `{word}`\n    {},\n", camel(word));
    let variants = list(words.iter().map(variant), "");
    let all = list(words.iter().map(|word| format!("Self::{}", camel(word))), ", ");
    Ok(format!(
        r#"
/// {doc}
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum {name} {{
{variants}}}

impl {name} {{
    /// Every word, in the order of the schema.
    pub const ALL: &'static [Self] = &[{all}];

    /// The word that policies, tables and pages use.
    pub fn word(self) -> &'static str {{
        {words:?}[self as usize]
    }}
}}

impl std::str::FromStr for {name} {{
    type Err = NotAWord;

    fn from_str(text: &str) -> Result<Self, NotAWord> {{
        Self::ALL.iter().find(|it| it.word() == text).copied().ok_or(NotAWord)
    }}
}}

impl From<{name}> for Fact {{
    fn from(word: {name}) -> Self {{
        Self::Uid(Uid::new(Kind::{name}, word.word()))
    }}
}}
"#
    ))
}

fn act_enum(acts: &[Act]) -> String {
    let mut variants = String::new();
    for act in acts {
        variants += &format!("    /// {}\n    {}", act.doc, act.variant());
        if act.fields.is_empty() {
            variants += ",\n";
            continue;
        }
        variants += " {\n";
        for Field { name, doc, rust, .. } in &act.fields {
            variants += &format!("        /// {doc}\n        {name}: {rust},\n");
        }
        variants += "    },\n";
    }
    format!(
        r#"
/// Everything that can be asked: the acts of the charter's schema, each with what a policy must
/// know about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Act {{
{variants}}}
"#
    )
}

fn act_methods(acts: &[Act]) -> String {
    let arms = |of: &dyn Fn(&Act) -> String| {
        list(acts.iter().map(|act| format!("            {}\n", of(act))), "")
    };
    let all = list(acts.iter().map(|act| format!("{:?}", act.name)), ", ");
    let names = arms(&|act| format!("Self::{}{} => {:?},", act.variant(), act.any(), act.name));
    let says = list(acts.iter().map(|act| format!("({:?}, {:?})", act.name, act.doc)), ", ");
    let groups = arms(&|act| format!("Self::{}{} => &{:?},", act.variant(), act.any(), act.groups));
    let payloads = arms(&|act| {
        let facts = act.fields.iter().map(|it| format!("({:?}, {})", it.name, it.fact));
        let bound = act.braced(|it| it.name.clone());
        format!("Self::{}{bound} => vec![{}],", act.variant(), list(facts, ", "))
    });
    let told = arms(&|act| {
        let fields = act.braced(|it| format!("{}: {}", it.name, it.told));
        format!("{:?} => Self::{}{fields},", act.name, act.variant())
    });
    format!(
        r#"
impl Act {{
    /// The name of every act, in the order of the alphabet.
    pub const NAMES: &'static [&'static str] = &[{all}];

    /// What the act of this name is, in the schema's words.
    pub fn says(name: &str) -> Option<&'static str> {{
        const SAYS: &[(&str, &str)] = &[{says}];
        SAYS.iter().find(|(it, _)| *it == name).map(|(_, says)| *says)
    }}

    /// The act's name in policies and in the audit.
    pub fn name(&self) -> &'static str {{
        match self {{
{names}        }}
    }}

    /// The groups that promises name it by.
    pub fn groups(&self) -> &'static [&'static str] {{
        match self {{
{groups}        }}
    }}

    /// What a policy must know about the act, by name.
    pub fn payload(&self) -> Vec<(&'static str, Fact)> {{
        match self {{
{payloads}        }}
    }}

    /// The act that an attempt names, with what it says about it.
    pub(crate) fn told(name: &str, told: &mut Told) -> Result<Self, String> {{
        Ok(match name {{
{told}            _ => return Err(format!("there is no act {{name:?}}")),
        }})
    }}
}}
"#
    )
}

fn list(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

fn doc(name: &str, of: &Value) -> Result<String, String> {
    let doc = of.pointer("/annotations/doc").and_then(Value::as_str);
    doc.map(str::to_owned).ok_or_else(|| format!("{name} says no @doc: what is it?"))
}

fn object<'a>(of: &'a Value, key: &str) -> Result<&'a Map<String, Value>, String> {
    of.get(key).and_then(Value::as_object).ok_or_else(|| format!("the schema has no {key}"))
}

/// `use_service` to `UseService`.
fn camel(name: &str) -> String {
    let mut up = true;
    let mut camel = String::new();
    for letter in name.chars() {
        match letter {
            '_' => up = true,
            letter if up => {
                camel.extend(letter.to_uppercase());
                up = false;
            }
            letter => camel.push(letter),
        }
    }
    camel
}
