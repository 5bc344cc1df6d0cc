-- payouts: the lines that hold an entry are found by it
--
-- What is late names the line of a closed month that it adjusts. Without this index each closing
-- would look through the rows of all months before it.
create index line_row_entry on payouts.line_row (practice_id, row_id) where kind = 'entry';
