//! The catalog itself is tested: keys lead with the practice, roles own nothing, tables say what
//! they are. Each rule is a query, and each has a planted fault that it must find.

use sqlx::{Executor, PgConnection};

use crate::db::Role;
use crate::testing::{TestHouse, run, run_with_faults};

/// What must hold of every table: a sentence, and a query for what breaks it.
const RULES: &[(&str, &str)] = &[
    (
        "every key of a practice's table leads with practice_id",
        "select i.indexrelid::regclass::text
           from pg_index i
           join house.table_kind k on k.name = i.indrelid::regclass::text and k.kind <> 'shared'
          where (i.indisunique or i.indisexclusion)
            and not exists (
                select from pg_attribute a
                 where a.attrelid = i.indrelid
                   and a.attnum = i.indkey[0]
                   and a.attname = case k.kind when 'own' then 'person_id' else 'practice_id' end)
            and not (k.kind = 'own' and exists (
                select from pg_attribute a
                 where a.attrelid = i.indrelid
                   and a.attnum = i.indkey[0]
                   and a.attname = 'practice_id'))",
    ),
    (
        "every reference to a practice's table carries practice_id on both sides",
        "select f.conname::text
           from pg_constraint f
           join house.table_kind k on k.name = f.confrelid::regclass::text and k.kind not in ('shared', 'own')
          where f.contype = 'f'
            and not exists (
                select from generate_subscripts(f.conkey, 1) at
                  join pg_attribute here on here.attrelid = f.conrelid and here.attnum = f.conkey[at]
                  join pg_attribute there on there.attrelid = f.confrelid and there.attnum = f.confkey[at]
                 where here.attname = 'practice_id' and there.attname = 'practice_id')",
    ),
    (
        "every reference has an index that leads with its columns",
        "select f.conname::text
           from pg_constraint f
           join pg_namespace n on n.oid = f.connamespace
          where f.contype = 'f'
            and n.nspname not like 'pg\\_%'
            and not exists (
                select from pg_index i
                 where i.indrelid = f.conrelid
                   and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)",
    ),
    (
        "every table says what it is",
        "select k.name from house.table_kind k
          where coalesce(length(obj_description(k.name::regclass)), 0) < 20
            and k.name not like 'trial.%'",
    ),
    (
        "every view asks as the one who asks",
        "select c.oid::regclass::text
           from pg_class c
           join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('v', 'm')
            and n.nspname not in ('pg_catalog', 'information_schema')
            and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']",
    ),
    (
        "roles that serve own nothing, inherit nothing and are no superusers",
        "select r.rolname::text
           from pg_roles r
          where r.rolname in ('trellis_app', 'trellis_sequencer', 'trellis_check')
            and (r.rolsuper or r.rolbypassrls or r.rolinherit or r.rolcreaterole or r.rolcreatedb
                 or exists (select from pg_class c where c.relowner = r.oid)
                 or exists (select from pg_proc p where p.proowner = r.oid)
                 or exists (select from pg_auth_members m where m.member = r.oid))",
    ),
    (
        "nobody who serves may delete or truncate",
        "select g.table_schema || '.' || g.table_name
           from information_schema.role_table_grants g
          where g.grantee in ('trellis_app', 'trellis_sequencer', 'trellis_check', 'PUBLIC')
            and g.privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')
            and g.table_schema not in ('pg_catalog', 'information_schema')
            and (g.table_schema <> 'trial' or g.table_name = 'fault')",
    ),
    (
        "functions that run as another are the door's, and listed",
        "select p.oid::regprocedure::text
           from pg_proc p
           join pg_namespace n on n.oid = p.pronamespace
           join pg_roles r on r.oid = p.proowner
          where p.prosecdef
            and n.nspname not in ('pg_catalog', 'information_schema')
            and (r.rolname <> 'trellis_door' or p.oid::regprocedure::text not in (
                'people.meet(uuid,text,text,timestamp with time zone)',
                'people.credential_of(text)',
                'people.open_sign_in(uuid,bytea,uuid,text,timestamp with time zone)',
                'people.half_sign_in(bytea,timestamp with time zone)',
                'people.pass_sign_in(bytea,bytea,bigint,timestamp with time zone)',
                'people.end_sign_in(bytea,timestamp with time zone)',
                'people.recognize(bytea,timestamp with time zone)',
                'people.invitation_of(bytea,timestamp with time zone)',
                'people.take_invitation(bytea,uuid,uuid,timestamp with time zone)',
                'people.set_credential(bytea,uuid,bytea,integer,integer,integer,'
                    || 'bytea,bytea,bigint,timestamp with time zone)',
                'people.ask_link(uuid,text,timestamp with time zone)',
                'people.link_ask_of(uuid,timestamp with time zone)',
                'people.answer_ask(uuid,bytea,uuid,uuid,timestamp with time zone)',
                'people.client_link_of(bytea,timestamp with time zone,timestamp with time zone)',
                'people.open_code(bytea,bytea,bytea,timestamp with time zone,timestamp with time zone)',
                'people.waiting_code(bytea,timestamp with time zone)',
                'people.pass_code(bytea,bytea,bytea,uuid,uuid,text,'
                    || 'timestamp with time zone,timestamp with time zone)',
                'people.staff_name(uuid)',
                'people.end_member_sign_ins(uuid,uuid,timestamp with time zone)',
                'people.throttle_try(bytea,integer,integer,timestamp with time zone)',
                'people.behind_operator()',
                'people.cast_of_demo()',
                'people.come_in(uuid,bytea,uuid,boolean,timestamp with time zone)',
                'people.known_in_demo(uuid,uuid,uuid,timestamp with time zone)',
                'terms.served(date[])',
                'terms.parties()',
                'people.throttle_clear(bytea)'))",
    ),
    (
        "money and floats do not meet, and no flag has three answers",
        "select c.table_schema || '.' || c.table_name || '.' || c.column_name
           from information_schema.columns c
          where c.table_schema not in ('pg_catalog', 'information_schema', 'upgrade')
            and (c.data_type in ('real', 'double precision', 'money')
                 or c.data_type = 'timestamp without time zone'
                 or (c.data_type = 'boolean' and c.is_nullable = 'YES'
                     and c.table_name not in (select viewname from pg_views)))",
    ),
];

/// One fault for each rule, in the order of the rules.
const FAULTS: &[&str] = &[
    "create unique index on trial.fault (person_id)",
    "alter table trial.fault add foreign key (person_id, practice_id) references ground.letter (practice_id, id)",
    "create table trial.other (practice_id uuid, event uuid, foreign key (practice_id, event) references ground.event)",
    "create table house.fault (practice_id uuid primary key); select house.tenant('house.fault')",
    "create view trial.peek as select * from ground.letter",
    "grant trellis_door to trellis_app",
    "grant delete on trial.fault to trellis_app",
    "create function trial.peek() returns int language sql security definer return 1",
    "alter table trial.fault add column is_odd boolean",
];

async fn broken(conn: &mut PgConnection, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(conn).await.unwrap()
}

async fn looker(house: &TestHouse) -> PgConnection {
    house.superuser().await
}

#[test]
fn every_table_keeps_the_rules() {
    run(async |house| {
        let mut conn = looker(&house).await;
        for (says, query) in RULES {
            assert_eq!(broken(&mut conn, query).await, Vec::<String>::new(), "{says}");
        }
    });
}

#[test]
fn each_rule_finds_the_fault_planted_against_it() {
    for ((says, query), fault) in RULES.iter().zip(FAULTS) {
        run_with_faults(async |house| {
            let mut conn = looker(&house).await;
            let trial = "create schema trial;
                create table trial.fault (practice_id uuid not null, person_id uuid not null);
                select house.tenant('trial.fault');";
            conn.execute(trial).await.unwrap();

            conn.execute(*fault).await.unwrap();

            assert!(!broken(&mut conn, query).await.is_empty(), "not found: {says}");
            conn.execute("revoke trellis_door from trellis_app").await.unwrap();
        });
    }
    assert_eq!(RULES.len(), FAULTS.len());
}

#[test]
fn a_new_schema_and_one_that_was_migrated_twice_are_the_same() {
    run(async |house| {
        let applied = crate::db::migrate(&house.stores).await.unwrap();

        assert_eq!(applied, 0);
    });
}

#[test]
fn the_role_that_serves_can_make_no_tables() {
    run(async |house| {
        let mut app = house.stores.connection(Role::App).await.unwrap();

        for sql in [
            "create table house.x (a int)",
            "create table public.x (a int)",
            "create temp table x (a int)",
        ] {
            let answer = app.execute(sql).await;
            assert!(answer.is_err(), "{sql}");
        }
    });
}
