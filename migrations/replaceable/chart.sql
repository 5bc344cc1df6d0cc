-- chart: a signed note stays as it was signed
--
-- The charter says who may write, sign and amend (CO-05); these triggers say so to every program
-- that will ever write here. What cannot be seen is refused: a chart that was not opened has no text.

create or replace function chart.is_draft(practice uuid, note uuid) returns boolean
language sql stable parallel safe as $$
    select exists (select from chart.note n
                    where n.practice_id = practice
                      and n.note_id = note
                      and n.state = 'draft')
$$;
comment on function chart.is_draft(uuid, uuid) is 'Whether a note is there and not signed.';

create or replace function chart.keep_note() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a note stays' using errcode = 'check_violation', constraint = 'note_stays';
    end if;
    if new.author_id is distinct from house.person()
       or not hours.is_hers(new.practice_id, new.clinician_id) then
        raise exception 'nobody but its author writes a note'
            using errcode = 'check_violation', constraint = 'note_is_written_by_its_author';
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a note is written before it is signed'
                using errcode = 'check_violation', constraint = 'note_begins_as_a_draft';
        end if;
        return new;
    end if;
    if old.state = 'signed' then
        raise exception 'a signed note stays as it was signed'
            using errcode = 'check_violation', constraint = 'signed_note_stays';
    end if;
    if new.state = 'signed' then
        select sha256(t.sealed) into new.text_sha256
          from chart.note_text t
         where t.practice_id = new.practice_id
           and t.note_id = new.note_id
           and t.letters > 0;
        if new.text_sha256 is null then
            raise exception 'a note without text is not signed'
                using errcode = 'check_violation', constraint = 'signed_note_has_text';
        end if;
    end if;
    return new;
end $$;

-- Text, and what was written beside it, changes while its note is a draft.
create or replace function chart.keep_text() returns trigger language plpgsql as $$
declare
    at record;
begin
    if tg_op = 'DELETE' then
        at := old;
    else
        at := new;
    end if;
    if tg_op = 'DELETE' or not chart.is_draft(at.practice_id, at.note_id)
       or (tg_op = 'UPDATE' and (old.practice_id, old.note_id) <> (new.practice_id, new.note_id)) then
        raise exception 'the text of a signed note stays as it was signed'
            using errcode = 'check_violation', constraint = 'signed_note_stays';
    end if;
    return at;
end $$;

create or replace function chart.only_added() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        raise exception 'an amendment stays as it was written'
            using errcode = 'check_violation', constraint = 'amendment_stays';
    end if;
    if new.written_by is distinct from house.person() or not exists (
        select from chart.note n
         where n.practice_id = new.practice_id
           and n.note_id = new.note_id
           and n.state = 'signed'
           and n.author_id = new.written_by)
    then
        raise exception 'the author amends a note that is signed'
            using errcode = 'check_violation', constraint = 'amendment_is_by_the_author_of_a_signed_note';
    end if;
    return new;
end $$;

-- A charge repeats the time of a signed note: it stays, and the note is amended instead.
create or replace function chart.keep_time() returns trigger language plpgsql as $$
begin
    if exists (select from chart.note n
                where n.practice_id = new.practice_id
                  and n.note_id = new.session_id
                  and n.state = 'signed')
    then
        raise exception 'the time of a signed note stays'
            using errcode = 'check_violation', constraint = 'time_of_a_signed_note_stays';
    end if;
    return new;
end $$;

create or replace trigger keeps_note before insert or update or delete on chart.note
    for each row execute function chart.keep_note();
create or replace trigger keeps_text before insert or update or delete on chart.note_text
    for each row execute function chart.keep_text();
create or replace trigger keeps_text before insert or update or delete on chart.note_aside
    for each row execute function chart.keep_text();
create or replace trigger keeps_text before insert or update or delete on chart.treated
    for each row execute function chart.keep_text();
create or replace trigger only_added before insert or update or delete on chart.amendment
    for each row execute function chart.only_added();
create or replace trigger keeps_time before insert on session.said
    for each row execute function chart.keep_time();
