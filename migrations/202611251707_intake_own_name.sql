-- intake: forms are sent by the practice, and signed by whoever acts
--
-- A client fills in what was sent to them. They send themselves nothing, and nobody signs as
-- somebody else.
create policy practice_sends on intake.packet as restrictive for insert to trellis_app
    with check (practice_id = any (house.practices()));
create policy signer_acts on intake.signature as restrictive for insert to trellis_app
    with check (person_id = house.person());
