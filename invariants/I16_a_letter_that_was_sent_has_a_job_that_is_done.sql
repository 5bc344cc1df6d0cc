-- Nothing says "sent" that no job has sent.
select l.id::text
  from ground.letter l
 where l.sent_at is not null
   and not exists (
       select from ground.job j
        where j.practice_id = l.practice_id
          and j.kind = 'ground.send_letter'
          and j.subject = l.id
          and j.done_at is not null)
