//! Who gains what by one session more, and loses it by one session fewer. Fit is about incentives:
//! what the other side earns by a session says what it will ask for.

use super::answer::rounded;
use super::asked::Asked;
use super::figures::Key;
use super::models::{Model, prices};

/// Cents for one session more, before tax, at the mix of payers that was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gains {
    pub(super) you: i64,
    /// None where it is not published.
    pub(super) they: Option<i64>,
}

impl Gains {
    /// The gains of a model.
    #[expect(clippy::cast_precision_loss, reason = "at most ten digits")]
    pub(super) fn of(model: Model, asked: &Asked) -> Self {
        let cents = |key: Key| asked.get(key) as f64;
        let direct = asked.share(Key::Direct);
        let planned = 1.0 - direct;
        let copay = cents(Key::Copay) * (1.0 - asked.share(Key::CopayLoss)) * planned;
        let paid_directly = cents(Key::Fee) * (1.0 - asked.share(Key::DirectLoss)) * direct;
        let by_plan =
            (cents(Key::Allowed) - cents(Key::Copay)) * (1.0 - asked.share(Key::Loss)) * planned;
        let by_client = copay + paid_directly;
        let collected = by_plan + by_client;

        let is_paid = |cents: f64, share: f64| if 0.0 < cents { share } else { 0.0 };
        let payments = is_paid(cents(Key::Fee), direct) + is_paid(cents(Key::Copay), planned);
        let cards = by_client * asked.share(Key::Cards) + payments * cents(Key::CardFixed);
        let split = model.split_bp(asked) as f64 / 10_000.0;
        let own = collected - cards;
        let (you, they) = match model {
            Model::Solo => (own, Some(0.0)),
            Model::Biller => {
                let biller = by_plan * asked.share(Key::Biller);
                (own - biller, Some(biller))
            }
            Model::Job => {
                let pay = collected * split;
                let benefits = pay * asked.share(Key::JobBenefits);
                (pay + benefits, Some(collected - pay - benefits))
            }
            Model::Group | Model::HighSplit => (collected * split, Some(collected * (1.0 - split))),
            Model::Network => {
                let cards =
                    paid_directly * asked.share(Key::Cards) + direct * cents(Key::CardFixed);
                ((paid_directly - cards).max(0.0) + cents(Key::Rate) * planned, None)
            }
            Model::Ours => {
                let each: i64 = prices(asked).iter().map(|it| it.each_claim).sum();
                let claims = each as f64 * planned;
                (own - claims, Some(claims))
            }
        };
        Self { you: rounded(you), they: they.map(rounded) }
    }
}
