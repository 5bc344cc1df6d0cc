-- calendar: what a client may say about a visit
--
-- A client books, and calls off on their own behalf. That a visit took place or was missed is the
-- clinician's word (promise OF-04).
create policy client_moves on calendar.appointment as restrictive for update to trellis_app
    with check (practice_id = any (house.practices()) or state in ('booked', 'lapsed', 'cancelled'));
create policy client_says on calendar.outcome as restrictive for insert to trellis_app
    with check (practice_id = any (house.practices())
                or (outcome = 'cancelled' and said_for = 'client' and said_by = house.person()));
create policy client_comes on calendar.attendee as restrictive for insert to trellis_app
    with check (practice_id = any (house.practices()) or made_by = house.person());
