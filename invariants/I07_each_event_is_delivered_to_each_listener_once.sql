-- An event has one delivery for each listener that was there when it was told, in the event's own
-- order. The primary key keeps a second one out; this finds one that is missing or misplaced.
select e.id::text
  from ground.event e
  join ground.delivery d on d.practice_id = e.practice_id and d.event_id = e.id
 where (d.subject, d.place) is distinct from (e.subject, e.place)
 union all
select d.event_id::text
  from ground.delivery d
 where d.done_at is not null
   and exists (
       select from ground.delivery b
        where b.listener = d.listener
          and b.subject = d.subject
          and b.place < d.place
          and b.done_at is null)
