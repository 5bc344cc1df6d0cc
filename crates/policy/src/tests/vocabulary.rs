//! The maker of the vocabulary, on schemas small enough to read.

use cedar_policy::SchemaFragment;

#[path = "../../build/vocabulary.rs"]
mod maker;

fn made(schema: &str) -> Result<String, String> {
    let (fragment, _) = SchemaFragment::from_cedarschema_str(schema).unwrap();
    maker::of(&fragment.to_json_value().unwrap())
}

const KINDS: &str = "@doc(\"A human.\") entity Person;
    @doc(\"A color.\") entity Color enum [\"dark_red\"];
    @doc(\"A thing.\") entity Chart = { person: Person };\n";

fn with(act: &str) -> Result<String, String> {
    let head = "principal: Person, resource: Chart";
    made(&format!("{KINDS}{}", act.replace("HEAD", head)))
}

#[test]
fn what_an_act_carries_becomes_typed_fields() {
    let rust = with(
        "@doc(\"Gives.\") action assign_client appliesTo { HEAD, context: {
        clinician: Person, color: Color, length_min: Long, urgent: Bool, reason: String } };",
    )
    .unwrap();

    for part in [
        "    /// Gives.\n    AssignClient {\n",
        "        clinician: String,\n",
        "        color: Color,\n",
        "        length_min: i64,\n",
        "        urgent: bool,\n",
        "        reason: String,\n",
        "Fact::Uid(Uid::new(Kind::Person, clinician))",
        "clinician: told.id(\"clinician\", Kind::Person)?",
        "matches!(self, Self::Color | Self::Person)",
        "    /// `dark_red`\n    DarkRed,\n",
    ] {
        assert!(rust.contains(part), "{part:?} is not in\n{rust}");
    }
}

#[test]
fn a_group_becomes_a_name_that_acts_carry() {
    let rust = with(
        "@doc(\"A group.\") action clinical;
        @doc(\"Reads.\") action read_note in [clinical] appliesTo { HEAD };",
    )
    .unwrap();

    assert!(rust.contains("Self::ReadNote => &[\"clinical\"],"), "{rust}");
    assert!(rust.contains("NAMES: &'static [&'static str] = &[\"read_note\"];"), "{rust}");
    assert!(rust.contains("&[(\"read_note\", \"Reads.\")];"), "{rust}");
    assert!(!rust.contains("Clinical"), "{rust}");
}

#[test]
fn what_the_program_has_no_words_for_does_not_build() {
    for (act, says) in [
        ("action a appliesTo { HEAD };", "a says no @doc"),
        ("@doc(\"A.\") action a appliesTo { HEAD, context: { b?: Bool } };", "never optional"),
        (
            "@doc(\"A.\") action a appliesTo { HEAD, context: { b: Set<Long> } };",
            "only plain types",
        ),
        ("@doc(\"A.\") action a appliesTo { HEAD, context: { b: decimal } };", "no type decimal"),
    ] {
        let fault = with(act).unwrap_err();
        assert!(fault.contains(says), "{says:?} is not in {fault}");
    }
}
