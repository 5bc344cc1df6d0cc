-- offers: who treats whom is written by the practice
--
-- A client sees their care and books by it. That it began, with whom, and that it is over are not
-- theirs to write.
create policy practice_writes on offers.episode as restrictive for insert to trellis_app
    with check (practice_id = any (house.practices()));
create policy practice_changes on offers.episode as restrictive for update to trellis_app
    using (practice_id = any (house.practices()));
create policy practice_writes on offers.treating as restrictive for insert to trellis_app
    with check (practice_id = any (house.practices()));
create policy practice_changes on offers.treating as restrictive for update to trellis_app
    using (practice_id = any (house.practices()));
