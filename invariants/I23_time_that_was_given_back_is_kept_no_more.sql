-- A stretch that is kept comes from protected time or leave that stood when it ended: whoever gives
-- time back gets all that lies ahead.
select s.stretch_id::text
  from hours.stretch s
  left join hours.protected p on p.practice_id = s.practice_id and p.protected_id = s.protected_id
  left join hours.leave l on l.practice_id = s.practice_id and l.leave_id = s.leave_id
 where s.given_back_at is null
   and coalesce(p.given_back_at, l.given_back_at) < upper(s.during)
