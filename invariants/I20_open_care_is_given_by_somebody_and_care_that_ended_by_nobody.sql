-- Care is open exactly as long as somebody treats in it.
select e.episode_id::text
  from offers.episode e
 where (e.ended_at is null) <> exists (
       select from offers.treating t
        where t.practice_id = e.practice_id
          and t.episode_id = e.episode_id
          and t.until is null)
