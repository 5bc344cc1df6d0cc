//! What a practice and its clinician signed: how work is paid, and who bears what.

use money::{BasisPoints, Cents};
use serde::{Deserialize, Serialize};

use super::{Clause, Rule, Unit};
use crate::{Code, Error};

/// The terms of one clinician.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engagement {
    /// How sessions are paid.
    pub pay: Pay,
    /// The least pay for a month.
    #[serde(default)]
    pub pay_minimum: Option<Cents>,
    /// The most pay for a month.
    #[serde(default)]
    pub pay_cap: Option<Cents>,
    /// What a no-show pays.
    pub no_show: Missed,
    /// What a late cancel pays.
    pub late_cancel: Missed,
    /// Who bears refunds.
    pub refunds: Bearing,
    /// Who bears recoupments and chargebacks.
    pub recoupments: Bearing,
    /// Who bears card fees.
    pub card_fees: Bearing,
    /// Who bears the operator's prices.
    pub operator_prices: Bearing,
    /// Cents for an hour of admin; none when it is not paid.
    pub admin_hour: Option<Cents>,
    /// Cents for an hour of supervision; none when it is not paid.
    pub supervision_hour: Option<Cents>,
    /// As what the clinician works, where that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub works_as: Option<WorksAs>,
}

/// As what somebody works: an employer pays half of payroll tax, the self-employed both halves
/// (26 U.S.C. §§1401, 3111).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorksAs {
    /// On a payroll.
    Employee,
    /// For themselves.
    Contractor,
}

/// How sessions are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Pay {
    /// A share of what was collected.
    ShareOfCollected {
        /// The clinician's.
        clinician: BasisPoints,
        /// The practice's.
        practice: BasisPoints,
    },
    /// A share of what is allowed for sessions held, paid or not.
    ShareOfAllowed {
        /// The clinician's.
        clinician: BasisPoints,
        /// The practice's.
        practice: BasisPoints,
    },
    /// So much for each session held.
    Rate {
        /// For one.
        cents: Cents,
    },
    /// So much a month.
    Salary {
        /// For a whole month.
        cents: Cents,
    },
}

/// What a missed session pays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missed {
    /// The clinician's share of the fee, when it is collected.
    pub fee_share: BasisPoints,
    /// Paid whether or not it is.
    pub cents: Cents,
}

/// Who bears a cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// The practice, all of it.
    Practice,
    /// The clinician, all of it.
    Clinician,
    /// Both, by the split of pay.
    AsSplit,
}

impl WorksAs {
    fn says(self) -> &'static str {
        match self {
            Self::Employee => "The clinician works as an employee (Form W-2).",
            Self::Contractor => "The clinician works as an independent contractor (Form 1099-NEC).",
        }
    }
}

impl Engagement {
    /// The clinician's share of sessions; none where pay is no share.
    pub fn split(&self) -> Option<BasisPoints> {
        match self.pay {
            Pay::ShareOfCollected { clinician, .. } | Pay::ShareOfAllowed { clinician, .. } => {
                Some(clinician)
            }
            Pay::Rate { .. } | Pay::Salary { .. } => None,
        }
    }

    /// What cannot be agreed: shares that make no whole, a cost borne by a split that there is
    /// not, amounts below zero.
    ///
    /// # Errors
    /// `E_SHARES`, `E_KIND` and `E_RANGE` with the field.
    pub fn check(&self) -> Result<(), Error> {
        if let Pay::ShareOfCollected { clinician, practice }
        | Pay::ShareOfAllowed { clinician, practice } = self.pay
            && clinician.rest() != Ok(practice)
        {
            let message = "the shares of clinician and practice add up to 10000";
            return Err(Error::new(Code::Shares, "pay", message));
        }
        let costs = [
            ("refunds", self.refunds),
            ("recoupments", self.recoupments),
            ("card_fees", self.card_fees),
            ("operator_prices", self.operator_prices),
        ];
        for (name, bearing) in costs {
            if bearing == Bearing::AsSplit && self.split().is_none() {
                let message = format!("{name} cannot be borne by a split: pay is no share");
                return Err(Error::new(Code::Kind, name, message));
            }
        }
        let clauses = [
            ("pay", self.pay_clause()),
            ("no_show", self.missed_pay(Unit::NoShow)),
            ("late_cancel", self.missed_pay(Unit::LateCancel)),
            ("no_show/fee_share", self.missed_fee(Unit::NoShow)),
            ("late_cancel/fee_share", self.missed_fee(Unit::LateCancel)),
            ("admin_hour", self.hourly("admin", self.admin_hour)),
            ("supervision_hour", self.hourly("supervision", self.supervision_hour)),
        ];
        for (name, clause) in clauses {
            clause.check().map_err(|error| Error { field: name.to_owned(), ..error })?;
        }
        Ok(())
    }

    /// Every sentence of it, in the order in which it is signed.
    pub fn sentences(&self) -> Vec<String> {
        let clauses = [
            self.pay_clause(),
            self.missed_fee(Unit::NoShow),
            self.missed_pay(Unit::NoShow),
            self.missed_fee(Unit::LateCancel),
            self.missed_pay(Unit::LateCancel),
            self.borne("refunds", self.refunds),
            self.borne("recoupments and chargebacks", self.recoupments),
            self.borne("card fees", self.card_fees),
            self.borne("the operator's prices", self.operator_prices),
        ];
        let mut sentences: Vec<String> = clauses.iter().map(Clause::sentence).collect();
        for (what, cents) in [("admin", self.admin_hour), ("supervision", self.supervision_hour)] {
            sentences.push(match cents {
                Some(_) => self.hourly(what, cents).sentence(),
                None => format!("The clinician is not paid for {what}."),
            });
        }
        sentences.extend(self.works_as.map(|it| it.says().to_owned()));
        sentences
    }

    pub(super) fn pay_clause(&self) -> Clause {
        let share = |share, of: &str| Rule::Share { share, of: of.to_owned() };
        let rule = match self.pay {
            Pay::ShareOfCollected { clinician, .. } => share(clinician, "what was collected"),
            Pay::ShareOfAllowed { clinician, .. } => share(clinician, "what is allowed"),
            Pay::Rate { cents } => Rule::PerUnit { unit: Unit::Session, cents },
            Pay::Salary { cents } => Rule::Flat { cents },
        };
        let (minimum, cap) = (self.pay_minimum, self.pay_cap);
        Clause { minimum, cap, ..Clause::new("The clinician is paid", rule) }
    }

    pub(super) fn missed(&self, unit: Unit) -> Missed {
        if unit == Unit::NoShow { self.no_show } else { self.late_cancel }
    }

    pub(super) fn missed_fee(&self, unit: Unit) -> Clause {
        let of = format!("the fee for a {} when it is collected", unit.one());
        let share = self.missed(unit).fee_share;
        Clause::new("The clinician is paid", Rule::Share { share, of })
    }

    pub(super) fn missed_pay(&self, unit: Unit) -> Clause {
        let cents = self.missed(unit).cents;
        let opening = "Whether or not a fee is collected, the clinician is paid";
        Clause::new(opening, Rule::PerUnit { unit, cents })
    }

    /// A cost that the clinician bears: a share of a sum below zero.
    pub(super) fn borne(&self, what: &str, bearing: Bearing) -> Clause {
        let share = match bearing {
            Bearing::Practice => BasisPoints::NONE,
            Bearing::Clinician => BasisPoints::WHOLE,
            Bearing::AsSplit => self.split().unwrap_or(BasisPoints::NONE),
        };
        Clause::new("The clinician bears", Rule::Share { share, of: what.to_owned() })
    }

    pub(super) fn hourly(&self, what: &str, cents: Option<Cents>) -> Clause {
        let cents = cents.unwrap_or(Cents::ZERO);
        Clause::new(format!("For {what} the clinician is paid"), Rule::PerHour { cents })
    }
}
