-- A table without forced row security, or of no known kind, has no wall.
select c.oid::regclass::text
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join house.table_kind k on k.name = c.oid::regclass::text
 where c.relkind in ('r', 'p')
   and n.nspname not in ('pg_catalog', 'information_schema', 'upgrade')
   and n.nspname not like 'pg\_%'
   and not (c.relrowsecurity and c.relforcerowsecurity and k.name is not null)
 order by 1
