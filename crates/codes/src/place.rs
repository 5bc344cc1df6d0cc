//! Where client and clinician were, as a claim says it: place of service and modifiers.
//!
//! Source: CMS, place of service code set; CMS MLN901705 "Telehealth and Remote Patient
//! Monitoring" (2025). Whether a payer asks for the video modifier is the payer's own rule.

use std::fmt;

/// Where the client was, seen from the practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// At the office.
    Office,
    /// At home, or where they live for now, over a line.
    Home,
    /// Elsewhere, over a line.
    Elsewhere,
}

/// Over what they met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Means {
    /// In one room.
    InPerson,
    /// Sound and picture.
    Video,
    /// Sound alone, since the client cannot have the picture or does not want it.
    Audio,
}

/// Whether a payer asks for the modifier that says "by video".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VideoModifier {
    /// As many commercial plans do.
    Asked,
    /// As Medicare does, which reads the place.
    NotAsked,
}

/// Two signs behind a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modifier(&'static str);

impl Modifier {
    /// Sound alone.
    pub const AUDIO: Self = Self("93");
    /// Sound and picture at once.
    pub const VIDEO: Self = Self("95");

    /// The two signs.
    pub fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The place of service of a claim line.
pub fn place_of_service(place: Place) -> &'static str {
    match place {
        Place::Office => "11",
        Place::Home => "10",
        Place::Elsewhere => "02",
    }
}

/// The modifiers of a claim line, by how they met. A call that began by video and went on by
/// telephone is what it mostly was: the clinician's word.
pub fn modifiers(means: Means, video: VideoModifier) -> Vec<Modifier> {
    match (means, video) {
        (Means::Video, VideoModifier::Asked) => vec![Modifier::VIDEO],
        (Means::Audio, _) => vec![Modifier::AUDIO],
        (Means::InPerson, _) | (Means::Video, VideoModifier::NotAsked) => vec![],
    }
}
