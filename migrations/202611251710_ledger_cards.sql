-- ledger: cards, and fees for visits that were missed
--
-- A card pays a client's charges like cash, and its processor keeps part of it: that is one more
-- entry of the same payment. A fee for a missed visit is a charge that comes from the visit.
alter table ledger.payment
    add column fee_cents bigint not null default 0,
    drop constraint payment_way_is_known,
    add constraint payment_way_is_known check (way in ('cash', 'check', 'transfer', 'card')),
    add constraint payment_fee_is_a_card_s check (fee_cents = 0 or (way = 'card' and fee_cents between 1 and cents - 1));
comment on column ledger.payment.fee_cents is 'What the card processor kept before the rest arrived.';

alter table ledger.entry
    drop constraint entry_cause_is_known,
    add constraint entry_cause_is_known check (cause_kind in (
        'charge', 'remittance', 'provider_adjustment', 'client_payment', 'deposit', 'statement', 'decision', 'visit'));
