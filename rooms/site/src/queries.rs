//! All SQL of the public pages.

use ground::db::{self, Tx};

/// Who stands behind the operator: its legal name, and who owns it.
pub(crate) async fn behind_operator(tx: &mut Tx) -> db::Result<Option<(String, Vec<String>)>> {
    let found = sqlx::query_as("select b.legal_name, b.owners from people.behind_operator() b");
    Ok(found.fetch_optional(&mut **tx).await?)
}
