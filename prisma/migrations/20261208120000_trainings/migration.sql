-- Who was trained in what, and when (lib/insight/trainings). Locks nothing that exists.
set local lock_timeout = '10s';

create table training (
  id bigserial not null,
  org_id uuid not null,
  store_id bigint not null,
  -- The cashier; null for everybody in the store.
  operator text,
  subject text not null,
  held_on date not null,
  recorded_at timestamptz(6) not null default current_timestamp,
  recorded_by text not null,
  constraint training_pkey primary key (id),
  constraint training_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);
create index training_org_id_held_on_id_idx on training (org_id, held_on, id);

grant select, insert, update, delete on training to tillwatch_worker;
grant select, insert, delete on training to tillwatch_app, tillwatch_limited;
grant usage on sequence training_id_seq to tillwatch_app, tillwatch_limited, tillwatch_worker;
alter table training enable row level security;
create policy every_organisation on training to tillwatch_worker using (true) with check (true);
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  in_reach constant text := 'store_id = any ((select app_store_ids())::bigint[])';
begin
  execute format('create policy own_organisation on training to tillwatch_app using (%s) with check (%1$s)', is_own);
  execute format('create policy within_reach on training to tillwatch_limited using (%s and %s) with check (%1$s and %2$s)',
    is_own, in_reach);
end $$;
