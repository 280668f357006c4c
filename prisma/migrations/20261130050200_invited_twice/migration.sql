-- An address signs in to one organisation, but any organisation may invite it: were an invitation refused, it
-- would tell that the address has an account elsewhere. Locks a small table for a moment.
set local lock_timeout = '10s';

create unique index app_user_org_id_email_key on app_user (org_id, email);
create unique index app_user_email_signs_in_key on app_user (email)
  where password_hash is not null or oidc_subject is not null;
drop index app_user_email_key;

-- Of several the one that signs in.
create or replace function user_by_email(address text)
  returns table (id uuid, org_id uuid, password_hash text, totp_enabled boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.org_id, u.password_hash, u.totp_enabled_at is not null
    from public.app_user u
   where u.email = lower(address) and u.disabled_at is null
   order by (u.password_hash is not null or u.oidc_subject is not null) desc, u.created_at, u.id
   limit 1
$$;

-- The user of the provider's subject, else the one that signs in with the address, else the one invited first.
create or replace function user_by_oidc(subject text, address text)
  returns table (id uuid, org_id uuid, email text, name text, role text, reach jsonb, is_disabled boolean,
                 is_linked boolean, is_invited boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.org_id, u.email, u.name, u.role, u.reach, u.disabled_at is not null,
         u.oidc_subject is not distinct from subject, u.password_hash is null and u.oidc_subject is null
    from public.app_user u
   where u.oidc_subject = subject or u.email = lower(address)
   order by u.oidc_subject is not distinct from subject desc,
            (u.password_hash is not null or u.oidc_subject is not null) desc, u.created_at, u.id
   limit 1
$$;
