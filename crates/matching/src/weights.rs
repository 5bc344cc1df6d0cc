//! What each soft rule is worth: set by the practice, shown to all, never learned.

use crate::clinician::{Rating, Training};

/// What a rating of a concern is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConcernWeights {
    /// A specialty.
    pub specialty: u16,
    /// Treats.
    pub treats: u16,
    /// Will see.
    pub will_see: u16,
}

impl ConcernWeights {
    pub(crate) fn of(&self, rating: Rating) -> u16 {
        match rating {
            Rating::Specialty => self.specialty,
            Rating::Treats => self.treats,
            Rating::WillSee => self.will_see,
            Rating::Never => 0,
        }
    }

    pub(crate) fn best(&self) -> u16 {
        self.specialty.max(self.treats).max(self.will_see)
    }
}

/// What training in a method is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModalityWeights {
    /// Certified.
    pub certified: u16,
    /// Trained.
    pub trained: u16,
    /// Learning under supervision.
    pub supervised_learning: u16,
    /// Draws on it.
    pub informed: u16,
}

impl ModalityWeights {
    pub(crate) fn of(&self, training: Training) -> u16 {
        match training {
            Training::Certified => self.certified,
            Training::Trained => self.trained,
            Training::SupervisedLearning => self.supervised_learning,
            Training::Informed => self.informed,
        }
    }

    pub(crate) fn best(&self) -> u16 {
        self.certified.max(self.trained).max(self.supervised_learning).max(self.informed)
    }
}

/// The most that each soft rule can bring, 0 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// By rating.
    pub concern: ConcernWeights,
    /// By training.
    pub modality: ModalityWeights,
    /// A shared language.
    pub language: u16,
    /// The wished gender.
    pub gender: u16,
    /// Affirming care.
    pub lgbtq: u16,
    /// Shared experience.
    pub identity: u16,
    /// Accessibility.
    pub access: u16,
    /// The wished faith.
    pub faith: u16,
    /// The wished style.
    pub style: u16,
    /// Shared hours.
    pub time: u16,
    /// The preferred way to meet.
    pub place: u16,
    /// A short way.
    pub near: u16,
    /// A price below the budget.
    pub price: u16,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            concern: ConcernWeights { specialty: 300, treats: 200, will_see: 60 },
            modality: ModalityWeights {
                certified: 150,
                trained: 120,
                supervised_learning: 60,
                informed: 20,
            },
            language: 150,
            gender: 100,
            lgbtq: 100,
            identity: 100,
            access: 100,
            faith: 80,
            style: 60,
            time: 90,
            place: 60,
            near: 40,
            price: 40,
        }
    }
}
