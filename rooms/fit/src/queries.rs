//! All SQL of fit: profiles, and the names of practices that they belong to.
//!
//! Nothing here looks at an offer or at money: this room comes before both.

use std::collections::{BTreeMap, BTreeSet};

use ground::db::{self, Instant, Tx};
use ids::{ClinicianId, PracticeId, Uuid};
use jiff::Timestamp;
use matching::{Mode, Rating, Training};

use crate::model::Profile;

type ProfileRow = (
    Uuid,
    String,
    String,
    Vec<String>,
    Vec<String>,
    Vec<String>,
    i16,
    i16,
    Option<i32>,
    Option<String>,
);

/// The profiles of a practice's clinicians. Served by the key.
pub async fn profiles(
    tx: &mut Tx,
    practice: PracticeId,
) -> db::Result<BTreeMap<ClinicianId, Profile>> {
    let rows: Vec<ProfileRow> = sqlx::query_as(
        "select p.clinician_id, p.concerns::text, p.modalities::text, p.languages, p.payers,
                p.meets, p.age_min, p.age_max, p.self_pay_cents, p.style
           from fit.profile p
          where p.practice_id = $1",
    )
    .bind(practice.0)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| Ok((ClinicianId(row.0), profile(row)?))).collect()
}

fn profile(row: ProfileRow) -> db::Result<Profile> {
    let (id, concerns, modalities, languages, payers, meets, age_min, age_max, cents, style) = row;
    let meets = meets.iter().filter_map(|word| word_of(&Mode::WORDS, word));
    Ok(Profile {
        concerns: rated(id, &concerns, &Rating::WORDS)?,
        modalities: rated(id, &modalities, &Training::WORDS)?,
        languages: languages.into_iter().collect(),
        payers: payers.into_iter().collect(),
        meets: meets.collect::<BTreeSet<Mode>>(),
        age_min: u8::try_from(age_min).unwrap_or(0),
        age_max: u8::try_from(age_max).unwrap_or(u8::MAX),
        self_pay_cents: cents.map(i32::cast_unsigned),
        style,
    })
}

fn word_of<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

fn broken(id: Uuid, why: impl ToString) -> db::Error {
    db::Error::Broken { table: "fit.profile", id: id.to_string(), why: why.to_string() }
}

fn rated<T: Copy>(id: Uuid, json: &str, words: &[(&str, T)]) -> db::Result<BTreeMap<String, T>> {
    let said: BTreeMap<String, String> = serde_json::from_str(json).map_err(|e| broken(id, e))?;
    let read = |(slug, word): (String, String)| match word_of(words, &word) {
        Some(value) => Ok((slug, value)),
        None => Err(broken(id, format!("{word} is no word for {slug}"))),
    };
    said.into_iter().map(read).collect()
}

fn words_of<T: Copy + PartialEq>(said: &BTreeMap<String, T>, words: &[(&str, T)]) -> String {
    let word = |value: &T| words.iter().find(|(_, known)| known == value).map(|(word, _)| *word);
    let pairs: BTreeMap<&str, &str> =
        said.iter().filter_map(|(slug, value)| Some((slug.as_str(), word(value)?))).collect();
    serde_json::to_string(&pairs).expect("a map of words is JSON")
}

/// Writes down what a clinician says; the latest word counts.
pub async fn say(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    profile: &Profile,
    now: Timestamp,
) -> db::Result<()> {
    let meets: Vec<&str> = (Mode::WORDS.iter())
        .filter(|(_, mode)| profile.meets.contains(mode))
        .map(|(word, _)| *word)
        .collect();
    sqlx::query(
        "insert into fit.profile (practice_id, clinician_id, concerns, modalities, languages,
                                  payers, meets, age_min, age_max, self_pay_cents, style, said_at)
         values ($1, $2, $3::text::jsonb, $4::text::jsonb, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (practice_id, clinician_id) do update
            set concerns = excluded.concerns,
                modalities = excluded.modalities,
                languages = excluded.languages,
                payers = excluded.payers,
                meets = excluded.meets,
                age_min = excluded.age_min,
                age_max = excluded.age_max,
                self_pay_cents = excluded.self_pay_cents,
                style = excluded.style,
                said_at = excluded.said_at",
    )
    .bind(practice.0)
    .bind(clinician.0)
    .bind(words_of(&profile.concerns, &Rating::WORDS))
    .bind(words_of(&profile.modalities, &Training::WORDS))
    .bind(profile.languages.iter().cloned().collect::<Vec<_>>())
    .bind(profile.payers.iter().cloned().collect::<Vec<_>>())
    .bind(meets)
    .bind(i16::from(profile.age_min))
    .bind(i16::from(profile.age_max))
    .bind(profile.self_pay_cents.map(u32::cast_signed))
    .bind(&profile.style)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The name of a practice that the one who acts may see.
pub async fn practice_name(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<String>> {
    Ok(sqlx::query_scalar("select p.name from people.practice p where p.practice_id = $1")
        .bind(practice.0)
        .fetch_optional(&mut **tx)
        .await?)
}
