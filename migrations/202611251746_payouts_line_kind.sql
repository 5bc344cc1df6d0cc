-- payouts: what a line of a statement is, as a word of its own
--
-- It was read out of the line's title, which is for people and may be said better one day.
alter table payouts.line add column kind text;
alter table payouts.line disable trigger user;
update payouts.line set kind = case
    when what = 'Card fees'                                 then 'card_fee'
    when part = 'price'                                     then 'platform_fee'
    when part = 'split' and what = 'Fees for missed visits' then 'late_fee_pay'
    when part = 'split' and what = 'Missed visits'          then 'missed_pay'
    when part = 'split' and what = 'Hours paid'             then 'admin_pay'
    when part = 'split'                                     then 'session_pay'
    end;
alter table payouts.line enable trigger user;
alter table payouts.line add constraint line_kind_is_known check (kind in (
    'payer_payment', 'client_payment', 'late_fee', 'payer_interest', 'recoupment', 'refund',
    'session_pay', 'late_fee_pay', 'missed_pay', 'admin_pay', 'platform_fee', 'card_fee'));
comment on column payouts.line.kind is 'What it is in a clinician''s own figures; absent where a line sums up several kinds.';
