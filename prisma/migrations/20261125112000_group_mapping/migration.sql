-- Sign-on through an OIDC provider: what its groups mean here. Locks app_user for a moment.
set local lock_timeout = '10s';

-- CreateTable
CREATE TABLE "group_mapping" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "group_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reach" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "group_mapping_group_name_idx" ON "group_mapping"("group_name");

-- CreateIndex
CREATE UNIQUE INDEX "group_mapping_org_id_group_name_key" ON "group_mapping"("org_id", "group_name");

-- AddForeignKey
ALTER TABLE "group_mapping" ADD CONSTRAINT "group_mapping_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody arrives as admin.
alter table group_mapping add constraint group_mapping_role_check check (role in ('manager', 'planner', 'technician', 'viewer'));
-- Who signs in through the provider has no password here: what the provider takes away must stay away.
alter table app_user add constraint app_user_oidc_check check (oidc_subject is null or password_hash is null);

grant usage on sequence group_mapping_id_seq to tillwatch_app, tillwatch_worker;
grant select, insert, update, delete on group_mapping to tillwatch_app, tillwatch_worker;
alter table group_mapping enable row level security;
create policy own_organisation on group_mapping to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy every_organisation on group_mapping to tillwatch_worker using (true) with check (true);
create policy whole_organisation on group_mapping as restrictive to tillwatch_app using ((select app_store_ids()) is null);

-- Look-ups before the organisation is known

-- How many organisations know one of the groups, and what they mean there if it is one.
create function access_by_groups(names text[])
  returns table (organisation_count int, org_id uuid, mappings jsonb)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select count(distinct m.org_id)::int,
         case when count(distinct m.org_id) = 1 then min(m.org_id::text)::uuid end,
         case when count(distinct m.org_id) = 1 then jsonb_agg(jsonb_build_object('role', m.role, 'reach', m.reach)) end
    from public.group_mapping m
   where m.group_name = any (names)
$$;

-- The user of the provider's subject, else whoever has the address.
create function user_by_oidc(subject text, address text)
  returns table (id uuid, org_id uuid, email text, name text, role text, reach jsonb, is_disabled boolean, is_linked boolean, is_invited boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.org_id, u.email, u.name, u.role, u.reach, u.disabled_at is not null,
         u.oidc_subject is not distinct from subject, u.password_hash is null and u.oidc_subject is null
    from public.app_user u
   where u.oidc_subject = subject or u.email = lower(address)
   order by u.oidc_subject is not distinct from subject desc
   limit 1
$$;

revoke all on function access_by_groups(text[]), user_by_oidc(text, text) from public;
grant execute on function access_by_groups(text[]), user_by_oidc(text, text) to tillwatch_app, tillwatch_worker;
