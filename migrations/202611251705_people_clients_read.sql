-- people: what is known of a client is written by the practice
--
-- A client's rows are the client's to see. What the practice knows them by, and which person comes
-- in as them, is not theirs to write: the program never did, and from here no program can.
create policy practice_changes on people.client as restrictive for update to trellis_app
    using (practice_id = any (house.practices()));
