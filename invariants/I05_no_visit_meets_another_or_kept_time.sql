-- Two live appointments of one clinician, or of one client, never overlap. None was made in time
-- that the clinician keeps: what she kept afterwards leaves it standing. And each is for somebody.
select a.appointment_id::text
  from calendar.appointment a
  join calendar.appointment b on b.practice_id = a.practice_id
                             and b.clinician_id = a.clinician_id
                             and b.appointment_id <> a.appointment_id
                             and b.during && a.during
 where a.state in ('held', 'booked', 'kept', 'missed')
   and b.state in ('held', 'booked', 'kept', 'missed')
 union
select a.appointment_id::text
  from calendar.attendee t
  join calendar.appointment a on a.practice_id = t.practice_id and a.appointment_id = t.appointment_id
  join calendar.attendee u on u.practice_id = t.practice_id
                          and u.client_id = t.client_id
                          and u.appointment_id <> t.appointment_id
  join calendar.appointment b on b.practice_id = u.practice_id
                             and b.appointment_id = u.appointment_id
                             and b.during && a.during
 where a.state in ('booked', 'kept')
   and b.state in ('booked', 'kept')
 union
select a.appointment_id::text
  from calendar.appointment a
  join hours.stretch s on s.practice_id = a.practice_id
                      and s.clinician_id = a.clinician_id
                      and s.given_back_at is null
                      and s.during && a.during
  left join hours.protected p on p.practice_id = s.practice_id and p.protected_id = s.protected_id
  left join hours.leave l on l.practice_id = s.practice_id and l.leave_id = s.leave_id
 where a.state in ('held', 'booked')
   and coalesce(p.since, l.taken_at) < a.made_at
 union
select a.appointment_id::text
  from calendar.appointment a
 where not exists (
       select from calendar.attendee t
        where t.practice_id = a.practice_id
          and t.appointment_id = a.appointment_id)
