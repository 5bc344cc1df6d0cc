//! From the JSON form of a Cedar schema to Rust: one enum of kinds of thing, one for each
//! enumerated type, and one of acts whose payload is the act's context.
//!
//! A group of acts has no principal and no thing, so nobody can ever ask about it: it becomes a
//! name that acts carry, never an act.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value};

/// The Rust text of the vocabulary, or what in the schema this program has no words for.
pub fn of(schema: &Value) -> Result<String, String> {
    let schema = schema.get("").ok_or("the schema must use no namespace")?;
    let kinds = object(schema, "entityTypes")?;
    let actions = object(schema, "actions")?;

    let mut rust = String::new();
    kind_enum(&mut rust, kinds)?;
    for (name, kind) in kinds.iter().filter(|(_, kind)| kind.get("enum").is_some()) {
        word_enum(&mut rust, name, kind)?;
    }
    let mut acts = Vec::new();
    for (name, action) in actions.iter().filter(|(_, action)| !is_group(action)) {
        acts.push(Act::read(name, action, kinds)?);
    }
    act_enum(&mut rust, &acts);
    act_methods(&mut rust, &acts);
    act_reader(&mut rust, &acts);
    Ok(rust)
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

    fn pattern(&self) -> String {
        if self.fields.is_empty() { String::new() } else { " { .. }".to_owned() }
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

fn kind_enum(rust: &mut String, kinds: &Map<String, Value>) -> Result<(), String> {
    let mut variants = String::new();
    for (name, kind) in kinds {
        let _ = write!(variants, "    /// {}\n    {name},\n", doc(name, kind)?);
    }
    let list = |form: fn(&str) -> String| {
        kinds.keys().map(|name| form(name)).collect::<Vec<_>>().join(", ")
    };
    let names: Vec<String> = kinds
        .iter()
        .filter(|(_, kind)| is_name(kind))
        .map(|(name, _)| format!("Self::{name}"))
        .collect();
    let _ = write!(
        rust,
        "/// What a thing is: the entity types of the charter's schema.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Kind {{\n{variants}}}\n\n\
         impl Kind {{\n    /// Every kind, in the order of the alphabet.\n    \
         pub const ALL: &'static [Self] = &[{}];\n\n    \
         /// The word that policies use.\n    \
         pub fn word(self) -> &'static str {{\n        [{}][self as usize]\n    }}\n\n    \
         /// Whether a policy can compare it and look no further.\n    \
         pub(crate) fn is_name(self) -> bool {{\n        matches!(self, {})\n    }}\n}}\n\n",
        list(|name| format!("Self::{name}")),
        list(|name| format!("{name:?}")),
        names.join(" | "),
    );
    Ok(())
}

fn word_enum(rust: &mut String, name: &str, kind: &Value) -> Result<(), String> {
    let words = kind.get("enum").and_then(Value::as_array).ok_or("an enum has words")?;
    let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
    let mut variants = String::new();
    for word in &words {
        let _ = write!(variants, "    /// `{word}`\n    {},\n", camel(word));
    }
    let all: Vec<String> = words.iter().map(|word| format!("Self::{}", camel(word))).collect();
    let _ = write!(
        rust,
        "/// {}\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum {name} {{\n{variants}}}\n\n\
         impl {name} {{\n    /// Every word, in the order of the schema.\n    \
         pub const ALL: &'static [Self] = &[{}];\n\n    \
         /// The word that policies, tables and pages use.\n    \
         pub fn word(self) -> &'static str {{\n        {words:?}[self as usize]\n    }}\n}}\n\n\
         impl std::str::FromStr for {name} {{\n    type Err = NotAWord;\n\n    \
         fn from_str(text: &str) -> Result<Self, NotAWord> {{\n        \
         let known = Self::ALL.iter().find(|it| it.word() == text);\n        \
         known.copied().ok_or(NotAWord)\n    }}\n}}\n\n\
         impl From<{name}> for Fact {{\n    fn from(word: {name}) -> Self {{\n        \
         Self::Uid(Uid::new(Kind::{name}, word.word()))\n    }}\n}}\n\n",
        doc(name, kind)?,
        all.join(", "),
    );
    Ok(())
}

fn act_enum(rust: &mut String, acts: &[Act]) {
    rust.push_str(
        "/// Everything that can be asked: the acts of the charter's schema, each with what a \
         policy must\n/// know about it.\n\
         #[derive(Debug, Clone, PartialEq, Eq, Hash)]\npub enum Act {\n",
    );
    for act in acts {
        let _ = write!(rust, "    /// {}\n    {}", act.doc, act.variant());
        if act.fields.is_empty() {
            rust.push_str(",\n");
            continue;
        }
        rust.push_str(" {\n");
        for field in &act.fields {
            let Field { name, doc, rust: kind, .. } = field;
            let _ = write!(rust, "        /// {doc}\n        {name}: {kind},\n");
        }
        rust.push_str("    },\n");
    }
    rust.push_str("}\n\n");
}

fn act_methods(rust: &mut String, acts: &[Act]) {
    let (mut names, mut groups, mut payloads) = (String::new(), String::new(), String::new());
    for act in acts {
        let (variant, pattern) = (act.variant(), act.pattern());
        let _ = writeln!(names, "            Self::{variant}{pattern} => {:?},", act.name);
        let _ = writeln!(groups, "            Self::{variant}{pattern} => &{:?},", act.groups);
        let bound: Vec<&str> = act.fields.iter().map(|it| it.name.as_str()).collect();
        let facts: Vec<String> =
            act.fields.iter().map(|it| format!("({:?}, {})", it.name, it.fact)).collect();
        let bound =
            if bound.is_empty() { String::new() } else { format!(" {{ {} }}", bound.join(", ")) };
        let _ =
            writeln!(payloads, "            Self::{variant}{bound} => vec![{}],", facts.join(", "));
    }
    let list: Vec<String> = acts.iter().map(|act| format!("{:?}", act.name)).collect();
    let _ = write!(
        rust,
        "impl Act {{\n    /// The name of every act, in the order of the alphabet.\n    \
         pub const NAMES: &'static [&'static str] = &[{}];\n\n    \
         /// The act's name in policies and in the audit.\n    \
         pub fn name(&self) -> &'static str {{\n        match self {{\n{names}        }}\n    }}\n\n    \
         /// The groups that promises name it by.\n    \
         pub fn groups(&self) -> &'static [&'static str] {{\n        match self {{\n{groups}        }}\n    }}\n\n    \
         /// What a policy must know about the act, by name.\n    \
         pub fn payload(&self) -> Vec<(&'static str, Fact)> {{\n        match self {{\n{payloads}        }}\n    }}\n}}\n\n",
        list.join(", "),
    );
}

fn act_reader(rust: &mut String, acts: &[Act]) {
    let mut arms: BTreeMap<&str, String> = BTreeMap::new();
    for act in acts {
        let fields: Vec<String> =
            act.fields.iter().map(|it| format!("{}: {}", it.name, it.told)).collect();
        let fields =
            if fields.is_empty() { String::new() } else { format!(" {{ {} }}", fields.join(", ")) };
        arms.insert(&act.name, format!("Self::{}{fields}", act.variant()));
    }
    rust.push_str(
        "impl Act {\n    /// The act that an attempt names, with what it says about it.\n    \
         pub(crate) fn told(name: &str, told: &mut Told) -> Result<Self, String> {\n        \
         Ok(match name {\n",
    );
    for (name, act) in arms {
        let _ = writeln!(rust, "            {name:?} => {act},");
    }
    rust.push_str(
        "            _ => return Err(format!(\"there is no act {name:?}\")),\n        })\n    }\n}\n",
    );
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
