//! The door of a demo: everybody in it is made up, and one press comes in as any of them. In every
//! other house the functions behind it find nobody.

use ground::clock::wall;
use ground::db::{self, Instant};
use ground::{Acting, House};
use ids::{ClientId, PersonId, PracticeId, SignInId, Uuid};

use crate::visit::{self, Token};

/// Somebody of a demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Where they are something.
    pub at: PracticeId,
    /// Its name.
    pub practice: String,
    /// Whether that is the operator.
    pub is_operator: bool,
    /// What they are there, word by word; `client` for a client.
    pub roles: Vec<String>,
}

impl Somebody {
    /// Whether they come in as a client.
    pub fn is_client(&self) -> bool {
        self.roles.iter().any(|role| role == "client")
    }
}

/// Everybody of a demo; nobody anywhere else.
///
/// # Errors
/// As the database says.
pub async fn everybody(house: &House) -> db::Result<Vec<Somebody>> {
    let mut tx = house.begin(&Acting::Door).await?;
    let rows: Vec<(Uuid, String, Uuid, String, bool, String)> = sqlx::query_as(
        "select c.person_id, c.name, c.practice_id, c.practice, c.is_operator, c.role
           from people.cast_of_demo() c
          order by c.is_operator desc, c.practice, c.role = 'client', c.name",
    )
    .fetch_all(&mut *tx)
    .await?;
    let read =
        |(person, name, at, practice, is_operator, roles): (_, _, _, _, _, String)| Somebody {
            person: PersonId(person),
            name,
            at: PracticeId(at),
            practice,
            is_operator,
            roles: roles.split(' ').map(str::to_owned).collect(),
        };
    Ok(rows.into_iter().map(read).collect())
}

/// Comes in as somebody of a demo: the `Set-Cookie` of their visit, or nothing where this is none.
///
/// # Errors
/// As the database says.
pub async fn come_in(
    house: &House,
    person: PersonId,
    as_client: bool,
) -> db::Result<Option<String>> {
    let token = Token::fresh(house);
    let id: SignInId = house.new_id();
    let mut tx = house.begin(&Acting::Door).await?;
    let came: bool = sqlx::query_scalar("select people.come_in($1, $2, $3, $4, $5)")
        .bind(id.0)
        .bind(&token.hash()[..])
        .bind(person.0)
        .bind(as_client)
        .bind(Instant(wall()))
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(came.then(|| visit::cookie(house, &token)))
}

/// Makes a client of a demo somebody who can come in, and says who that is.
///
/// # Errors
/// As the database says.
pub async fn known(
    house: &House,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<PersonId>> {
    let fresh: PersonId = house.new_id();
    let mut tx = house.begin(&Acting::Job { practice }).await?;
    sqlx::query("select people.known_in_demo($1, $2, $3, $4)")
        .bind(practice.0)
        .bind(client.0)
        .bind(fresh.0)
        .bind(Instant(house.now()))
        .execute(&mut *tx)
        .await?;
    let person = crate::person_of(&mut tx, practice, client).await?;
    tx.commit().await?;
    Ok(person)
}
