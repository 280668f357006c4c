-- Who may see and do what: roles, reach, sessions, links, recovery codes, the audit trail. Locks small tables
-- for a moment; policies of the large ones change their catalogue entries alone.
set local lock_timeout = '10s';

alter table app_user drop constraint app_user_role_check;
alter table app_user
  alter column password_hash drop not null,
  alter column must_change_password set default false,
  add column name text not null default '',
  add column reach jsonb,
  add column oidc_subject text,
  add column totp_secret bytea,
  add column totp_enabled_at timestamptz(6),
  add column totp_last_step bigint,
  add column last_sign_in_at timestamptz(6);
alter table app_user
  add constraint app_user_role_check check (role in ('admin', 'manager', 'planner', 'technician', 'viewer')),
  -- Whoever administers an organisation administers all of it.
  add constraint app_user_reach_check check (role <> 'admin' or reach is null);

alter table api_key
  add column reach jsonb,
  add column last_used_at timestamptz(6),
  add column created_by text;
alter table api_key add constraint api_key_scopes_check check (scopes <@ array['ingest', 'read', 'write']);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),
    "user_agent" TEXT,
    "address" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_link" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "address" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_oidc_subject_key" ON "app_user"("oidc_subject");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_link_token_hash_key" ON "account_link"("token_hash");

-- CreateIndex
CREATE INDEX "account_link_user_id_idx" ON "account_link"("user_id");

-- CreateIndex
CREATE INDEX "recovery_code_user_id_idx" ON "recovery_code"("user_id");

-- CreateIndex
CREATE INDEX "audit_entry_org_id_id_idx" ON "audit_entry"("org_id", "id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table account_link add constraint account_link_purpose_check check (purpose in ('invitation', 'reset'));
alter table audit_entry add constraint audit_entry_actor_kind_check check (actor_kind in ('user', 'key', 'system'));

grant usage on sequence recovery_code_id_seq, audit_entry_id_seq to tillwatch_app, tillwatch_worker;
grant select, insert, update, delete on session, account_link, recovery_code to tillwatch_app, tillwatch_worker;
-- The trail only grows: nobody but the owner can change or delete what it says.
grant select, insert on audit_entry to tillwatch_app, tillwatch_worker;

do $$
declare
  t text;
begin
  foreach t in array array['session', 'account_link', 'recovery_code', 'audit_entry'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy own_organisation on %I to tillwatch_app
      using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
      with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid)$p$, t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
  end loop;
end $$;

-- Reach: an actor limited to some stores sees those alone, whatever statement asks. Restrictive policies stand
-- on top of the organisation's; in a subselect the setting is read once a statement.

-- The stores that the transaction is limited to; null where it is not limited.
create function app_store_ids() returns bigint[]
  language sql stable parallel safe as $$
  select nullif(current_setting('app.store_ids', true), '')::bigint[]
$$;

-- The stores of a reach such as {"merchants": [1], "regions": [], "stores": [7]}; null for the whole organisation.
create function stores_within(org uuid, reach jsonb) returns bigint[]
  language sql stable parallel safe as $$
  select case when reach is not null then array(
    select s.id
      from public.store s
     where s.org_id = org
       and (s.id in (select value::bigint from jsonb_array_elements_text(reach -> 'stores'))
            or s.merchant_id in (select value::bigint from jsonb_array_elements_text(reach -> 'merchants'))
            or s.region_id in (select value::bigint from jsonb_array_elements_text(reach -> 'regions')))
     order by s.id) end
$$;

do $$
declare
  is_whole constant text := '(select app_store_ids()) is null';
  t text;
begin
  foreach t in array array['terminal_store', 'terminal_hour', 'terminal_day', 'segment_day'] loop
    execute format('create policy within_reach on %I as restrictive to tillwatch_app using (%s or store_id = any (coalesce((select app_store_ids()), ''{}'')))', t, is_whole);
  end loop;
  execute format('create policy within_reach on store as restrictive to tillwatch_app using (%s or id = any (coalesce((select app_store_ids()), ''{}'')))', is_whole);

  -- A place is seen by whoever sees one of its stores.
  execute format('create policy within_reach on merchant as restrictive to tillwatch_app using (%s or exists (select from store s where s.merchant_id = merchant.id))', is_whole);
  execute format('create policy within_reach on region as restrictive to tillwatch_app using (%s or exists (select from store s where s.region_id = region.id))', is_whole);

  -- A terminal is seen where it stands now; its raw rows where it stood when they were made.
  execute format('create policy within_reach on terminal as restrictive to tillwatch_app
    using (%s or exists (select from terminal_store p where p.terminal_id = terminal.id and p.to_at is null))', is_whole);
  foreach t in array array['terminal_tid', 'terminal_status', 'terminal_state'] loop
    execute format('create policy within_reach on %1$I as restrictive to tillwatch_app
      using (%2$s or exists (select from terminal_store p where p.terminal_id = %1$I.terminal_id and p.to_at is null))', t, is_whole);
  end loop;
  execute format('create policy within_reach on flag as restrictive to tillwatch_app
    using (%s or case when terminal_id is null then store_id = any (coalesce((select app_store_ids()), ''{}''))
                 else exists (select from terminal_store p where p.terminal_id = flag.terminal_id and p.to_at is null) end)', is_whole);
  foreach t in array array['heartbeat', 'transaction'] loop
    execute format('create policy within_reach on %1$I as restrictive for select to tillwatch_app
      using (%2$s or exists (
        select from terminal_store p
         where p.terminal_id = %1$I.terminal_id and p.from_at <= %1$I.at + %1$I.clock_offset_ms * interval ''1 ms''
           and (p.to_at is null or %1$I.at + %1$I.clock_offset_ms * interval ''1 ms'' < p.to_at)))', t, is_whole);
  end loop;

  -- What belongs to no store is for those who see the whole organisation.
  foreach t in array array[
    'quarantine', 'unmapped_code', 'import_run', 'import_chunk', 'import_reject', 'import_profile', 'card_key',
    'app_user', 'api_key', 'session', 'account_link', 'recovery_code'
  ] loop
    execute format('create policy whole_organisation on %I as restrictive to tillwatch_app using (%s)', t, is_whole);
  end loop;
  -- Everyone's deeds are written down; reading them is for the whole organisation.
  execute format('create policy whole_organisation on audit_entry as restrictive for select to tillwatch_app using (%s)', is_whole);
end $$;

-- Look-ups before the organisation is known

drop function api_key_by_hash(bytea);
create function api_key_by_hash(hash bytea)
  returns table (id uuid, org_id uuid, label text, scopes text[], store_ids bigint[], last_used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select k.id, k.org_id, k.label, k.scopes, public.stores_within(k.org_id, k.reach), k.last_used_at
    from public.api_key k
   where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
$$;

drop function user_by_email(text);
create function user_by_email(address text)
  returns table (id uuid, org_id uuid, password_hash text, totp_enabled boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.org_id, u.password_hash, u.totp_enabled_at is not null
    from public.app_user u
   where u.email = lower(address) and u.disabled_at is null
$$;

-- A session that has ended, idled or grown too old is none, nor is one of a user who is disabled.
drop function user_by_id(uuid);
create function user_by_session(session_id uuid, idle interval, absolute interval)
  returns table (id uuid, org_id uuid, email text, name text, role text, password_hash text, must_change_password boolean,
                 store_ids bigint[], session_id uuid, last_seen_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.org_id, u.email, u.name, u.role, u.password_hash, u.must_change_password,
         public.stores_within(u.org_id, u.reach), s.id, s.last_seen_at
    from public.session s
    join public.app_user u on u.id = s.user_id
   where s.id = user_by_session.session_id and s.ended_at is null and u.disabled_at is null
     and s.last_seen_at > now() - idle and s.created_at > now() - absolute
$$;

create function account_link_by_hash(hash bytea)
  returns table (id uuid, org_id uuid, user_id uuid, purpose text, email text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select l.id, l.org_id, l.user_id, l.purpose, u.email
    from public.account_link l
    join public.app_user u on u.id = l.user_id
   where l.token_hash = hash and l.used_at is null and l.expires_at > now() and u.disabled_at is null
$$;

revoke all on function api_key_by_hash(bytea), user_by_email(text), user_by_session(uuid, interval, interval), account_link_by_hash(bytea) from public;
grant execute on function api_key_by_hash(bytea), user_by_email(text), user_by_session(uuid, interval, interval), account_link_by_hash(bytea)
  to tillwatch_app, tillwatch_worker;
