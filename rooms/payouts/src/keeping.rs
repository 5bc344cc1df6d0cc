//! How a closed month is kept: its period, its statements, their lines and the rows behind them,
//! each kind in one statement however many there are.

use bookkeeping::Period;
use ground::db::{self, Day, Instant, Tx};
use ids::{PracticeId, StatementId};

use crate::model::{Line, RowOf, Settled};
use crate::settling::Closing;

/// Keeps a closed month with its statements, which have these ids in their order.
pub async fn insert_closing(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
    closing: &Closing,
    ids: &[StatementId],
) -> db::Result<()> {
    let statements = closing.statements.iter().map(|(settled, _)| settled);
    let all: Vec<(StatementId, &Settled)> = ids.iter().copied().zip(statements).collect();
    insert_period(tx, practice, month, closing).await?;
    insert_statements(tx, practice, month, &all).await?;
    let mut lines = Vec::new();
    for (id, settled) in &all {
        lines.extend((1..).zip(&settled.lines).map(|(number, line)| (*id, number, line)));
    }
    insert_lines(tx, practice, &lines).await?;
    insert_rows(tx, practice, &lines).await
}

async fn insert_period(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
    closing: &Closing,
) -> db::Result<()> {
    let (now, by) = (tx.house().now(), tx.acting().person());
    sqlx::query(
        "insert into payouts.period (practice_id, month, money_in_cents, clinicians_cents,
                                     operator_cents, practice_cents, statements, closed_at,
                                     closed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(practice.0)
    .bind(Day(month.first_day()))
    .bind(closing.money_in.0)
    .bind(closing.clinicians.0)
    .bind(closing.operator.0)
    .bind(closing.practice.0)
    .bind(count(closing.statements.len()))
    .bind(Instant(now))
    .bind(by.map(|person| person.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn insert_statements(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
    all: &[(StatementId, &Settled)],
) -> db::Result<()> {
    sqlx::query(
        "insert into payouts.statement (practice_id, statement_id, month, of_whom, clinician_id,
                                        agreement_id, engagement_id, collected_cents, kept_cents,
                                        lines)
         select $1, s.id, $2, s.of_whom, s.clinician, s.agreement, s.engagement, s.collected, s.kept,
                s.lines
           from unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::bigint[],
                       $9::bigint[], $10::int[])
                s (id, of_whom, clinician, agreement, engagement, collected, kept, lines)",
    )
    .bind(practice.0)
    .bind(Day(month.first_day()))
    .bind(column(all, |(id, _)| id.0))
    .bind(column(all, |(_, it)| it.whom.word()))
    .bind(column(all, |(_, it)| it.whom.clinician().map(|id| id.0)))
    .bind(column(all, |(_, it)| it.agreement.map(|id| id.0)))
    .bind(column(all, |(_, it)| it.engagement.map(|id| id.0)))
    .bind(column(all, |(_, it)| it.collected.0))
    .bind(column(all, |(_, it)| it.kept.0))
    .bind(column(all, |(_, it)| count(it.lines.len())))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn insert_lines(
    tx: &mut Tx,
    practice: PracticeId,
    lines: &[(StatementId, i32, &Line)],
) -> db::Result<()> {
    sqlx::query(
        "insert into payouts.line (practice_id, statement_id, line, part, kind, what, how, clause,
                                   source, cents, adjusts_statement, adjusts_line)
         select $1, l.*
           from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[],
                       $8::text[], $9::text[], $10::bigint[], $11::uuid[], $12::int[])
                l (statement_id, line, part, kind, what, how, clause, source, cents,
                   adjusts_statement, adjusts_line)",
    )
    .bind(practice.0)
    .bind(column(lines, |(id, ..)| id.0))
    .bind(column(lines, |(_, number, _)| *number))
    .bind(column(lines, |(.., line)| line.part.word()))
    .bind(column(lines, |(.., line)| line.kind.map(economics::RowKind::as_str)))
    .bind(column(lines, |(.., line)| line.what.as_str()))
    .bind(column(lines, |(.., line)| line.how.as_str()))
    .bind(column(lines, |(.., line)| line.clause.as_str()))
    .bind(column(lines, |(.., line)| line.source.as_str()))
    .bind(column(lines, |(.., line)| line.cents.0))
    .bind(column(lines, |(.., line)| line.adjusts.map(|it| it.statement.0)))
    .bind(column(lines, |(.., line)| line.adjusts.map(|it| it.line)))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn insert_rows(
    tx: &mut Tx,
    practice: PracticeId,
    lines: &[(StatementId, i32, &Line)],
) -> db::Result<()> {
    let mut rows: Vec<(StatementId, i32, RowOf)> = Vec::new();
    for (id, number, line) in lines {
        rows.extend(line.rows.iter().map(|row| (*id, *number, *row)));
    }
    sqlx::query(
        "insert into payouts.line_row (practice_id, statement_id, line, kind, row_id, cents)
         select $1, r.*
           from unnest($2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::bigint[])
                r (statement_id, line, kind, row_id, cents)",
    )
    .bind(practice.0)
    .bind(column(&rows, |(id, ..)| id.0))
    .bind(column(&rows, |(_, number, _)| *number))
    .bind(column(&rows, |(.., row)| row.kind.word()))
    .bind(column(&rows, |(.., row)| row.id))
    .bind(column(&rows, |(.., row)| row.cents.map(|cents| cents.0)))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One column of rows.
fn column<'r, Row, Value>(rows: &'r [Row], of: impl Fn(&'r Row) -> Value) -> Vec<Value> {
    rows.iter().map(of).collect()
}

fn count(rows: usize) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX)
}
