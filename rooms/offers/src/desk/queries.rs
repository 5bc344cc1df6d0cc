//! SQL of the desk: where requests are, and whose places are taken.

use ground::db::{self, Instant, Tx};
use ids::{ClinicianId, LeadId, OfferId, PracticeId, Uuid};
use jiff::Timestamp;

/// A request that is out, or was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    pub offer: OfferId,
    pub to: PracticeId,
    pub clinician: ClinicianId,
    pub expires_at: Timestamp,
    pub is_taken: bool,
}

/// Where a request is: before whom, or with whom it stayed. Served by `sent_to_one_at_a_time`.
pub async fn sent_of(tx: &mut Tx, holder: PracticeId, lead: LeadId) -> db::Result<Option<Sent>> {
    let row: Option<(Uuid, Uuid, Uuid, Instant, bool)> = sqlx::query_as(
        "select s.offer_id, s.to_practice_id, s.clinician_id, s.expires_at, s.is_taken
           from offers.sent s
          where s.practice_id = $1
            and s.lead_id = $2
            and (s.back_at is null or s.is_taken)",
    )
    .bind(holder.0)
    .bind(lead.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|(offer, to, clinician, expires_at, is_taken)| Sent {
        offer: OfferId(offer),
        to: PracticeId(to),
        clinician: ClinicianId(clinician),
        expires_at: expires_at.0,
        is_taken,
    }))
}

/// How many clients each clinician of some practices treats today: who treats none is left out.
pub async fn caseloads(
    tx: &mut Tx,
    practices: &[PracticeId],
) -> db::Result<Vec<(PracticeId, ClinicianId, usize)>> {
    let practices: Vec<Uuid> = practices.iter().map(|practice| practice.0).collect();
    let rows: Vec<(Uuid, Uuid, i64)> = sqlx::query_as(
        "select t.practice_id, t.clinician_id, count(distinct t.client_id)
           from offers.treating t
          where t.practice_id = any ($1)
            and t.until is null
          group by t.practice_id, t.clinician_id",
    )
    .bind(practices)
    .fetch_all(&mut **tx)
    .await?;
    let caseload = |(practice, clinician, count)| {
        (PracticeId(practice), ClinicianId(clinician), usize::try_from(count).unwrap_or(usize::MAX))
    };
    Ok(rows.into_iter().map(caseload).collect())
}
