//! Words after which help comes first. They only ever add the page with the numbers to call; they
//! say nothing about the person, and nothing is written down because of them.

/// Pieces of what people write when they may be in danger, in lower case, English and Spanish.
const WORDS: &[&str] = &[
    "suicid",
    "kill myself",
    "killing myself",
    "end my life",
    "ending my life",
    "end it all",
    "take my life",
    "take my own life",
    "want to die",
    "wanna die",
    "rather be dead",
    "better off dead",
    "better off without me",
    "don't want to live",
    "dont want to live",
    "do not want to live",
    "don't want to be here anymore",
    "no reason to live",
    "hurt myself",
    "hurting myself",
    "harm myself",
    "self-harm",
    "self harm",
    "cutting myself",
    "cut myself",
    "overdose",
    "hurt someone",
    "kill someone",
    "kill him",
    "kill her",
    "kill them",
    "is hitting me",
    "beats me",
    "matarme",
    "quitarme la vida",
    "no quiero vivir",
    "quiero morir",
    "hacerme daño",
];

/// Whether somebody who writes this is shown first whom to call.
pub fn speaks_of_risk(text: &str) -> bool {
    let plain: String = text.to_lowercase().replace(['’', '‘', '`'], "'");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    WORDS.iter().any(|word| plain.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_comes_first_after_words_of_risk_however_they_are_written() {
        for (text, risk) in [
            ("I want to kill myself", true),
            ("I don’t  want\nto LIVE like this", true),
            ("my brother died by suicide", true),
            ("a veces quiero morir", true),
            ("I can't sleep since the move", false),
            ("", false),
            ("my job is killing me", false),
            ("Ꭵ 𝓱𝓾𝓻𝓽 \u{202e}", false),
        ] {
            assert_eq!(speaks_of_risk(text), risk, "{text}");
        }
    }
}
