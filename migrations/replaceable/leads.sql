-- leads: whoever can receive requests has a form, a counter and the sources that everybody has

create or replace function leads.give_form() returns trigger language plpgsql as $$
begin
    insert into leads.form (practice_id, name, zone)
    values (new.practice_id, new.name, new.zone)
        on conflict (practice_id) do update set name = excluded.name, zone = excluded.zone;
    insert into leads.counter (practice_id)
    values (new.practice_id)
        on conflict (practice_id) do nothing;
    insert into leads.source (practice_id, source_id, slug, name)
    select new.practice_id, gen_random_uuid(), s.slug, s.name
      from (values ('website', 'Website'), ('phone', 'Phone'), ('directory', 'Directory'),
                   ('partner', 'Partner')) as s (slug, name)
        on conflict (practice_id, slug) do nothing;
    return null;
end $$;

create or replace trigger gives_form after insert or update of name, zone on people.practice
    for each row execute function leads.give_form();
