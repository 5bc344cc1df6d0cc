//! The one way into the database: a transaction that says who acts.
//!
//! Row security reads what [`House::begin`] sets, and nothing else. The values are ids of our own,
//! formatted by type: no text of a person is ever part of a statement.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::{Deref, DerefMut};

use ids::{ClientId, Uuid};
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};

use super::Result;
use crate::acting::Acting;
use crate::house::House;

/// A transaction of somebody. Dropped without [`commit`](Self::commit), it never happened.
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    house: House,
    acting: Acting,
    /// Whose charts it has read.
    read: BTreeSet<ClientId>,
}

impl Tx {
    /// Makes all of it lasting, or nothing.
    ///
    /// # Errors
    /// As the database says; nothing was changed then.
    pub async fn commit(self) -> Result<()> {
        Ok(self.inner.commit().await?)
    }

    /// Undoes all of it now, rather than when the connection is used next.
    ///
    /// # Errors
    /// Where the connection is lost; nothing was changed all the same.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.inner.rollback().await?)
    }

    /// The house it belongs to.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Who acts in it.
    pub fn acting(&self) -> &Acting {
        &self.acting
    }

    /// Whether this is the first time that it reads this client's chart; from now on it is not.
    pub(crate) fn reads_first(&mut self, client: ClientId) -> bool {
        self.read.insert(client)
    }
}

impl Deref for Tx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.inner
    }
}

impl House {
    /// Begins a transaction of `acting`: what they may see is set before anything is asked.
    ///
    /// # Errors
    /// [`super::Error::Busy`] where no connection came free in time, [`super::Error::Down`].
    pub async fn begin(&self, acting: &Acting) -> Result<Tx> {
        let inner = self.pool().begin_with(AssertSqlSafe(opening(acting))).await?;
        Ok(Tx { inner, house: self.clone(), acting: acting.clone(), read: BTreeSet::new() })
    }
}

/// `begin` and what row security reads, in one round trip.
fn opening(acting: &Acting) -> String {
    let seen = acting.seen();
    let mut sql = String::from("begin");
    let mut set = |name: &str, value: String| {
        write!(sql, "; set local house.{name} = '{value}'").expect("a string takes any text");
    };
    set("practices", array(&seen.practices));
    set("client_practices", array(&seen.client_practices));
    set("clients", array(&seen.clients));
    set("person", seen.person.map(|id| id.to_string()).unwrap_or_default());
    set("holder", seen.holder.map(|id| id.to_string()).unwrap_or_default());
    set("chart", String::new());
    sql
}

fn array(ids: &[Uuid]) -> String {
    let listed: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    format!("{{{}}}", listed.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::PracticeId;

    #[test]
    fn every_setting_is_set_each_time_so_that_none_is_left_from_before() {
        let nobody = opening(&Acting::Door);

        for name in ["practices", "client_practices", "clients", "person", "holder", "chart"] {
            assert!(nobody.contains(&format!("house.{name} = '")), "{nobody}");
        }
    }

    #[test]
    fn a_job_of_a_practice_sees_that_practice() {
        let id = PracticeId(Uuid::from_u128(7));

        let sql = opening(&Acting::Job { practice: id });

        assert!(sql.contains(&format!("house.practices = '{{{id}}}'")), "{sql}");
    }
}
