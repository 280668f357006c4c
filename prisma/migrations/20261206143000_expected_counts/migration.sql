-- Failures that were expected beside those that were observed, in millionths of a failure. Nothing is filled
-- in: rows from before have expected counts of 0, and organisation.expected_from is the first day that is
-- counted from its beginning. The nightly engine reads no day before it. Adds columns with constant defaults,
-- so that no table is written again; locks each of them for a moment.
set local lock_timeout = '10s';

-- The groups of subcauses within channels that the engine counts by themselves.
alter table subcause_channel add column kind text;
update subcause_channel k
   set kind = g.kind
  from (values
    ('keys', array['pin_block_or_pin_key_error', 'mac_error_key_sync', 'key_sync_error', 'terminal_key_missing_or_bad',
       'dukpt_exhausted', 'track_decryption_failed']),
    ('pin', array['wrong_pin', 'wrong_pin_or_card_data', 'pin_input_abnormal', 'pin_length_error', 'pinpad_failure',
       'pinpad_communication_failure', 'cardholder_verification_failed']),
    ('expired', array['expired_card', 'expiry_data_wrong', 'card_not_yet_effective', 'clock_error'])
  ) g (kind, subcauses)
 where k.subcause = any (g.subcauses);

-- The first day whose rollups have all their expected counts. Null if all days have.
alter table organisation add column expected_from date;
-- Later than any day that a rollup can have.
update organisation set expected_from = current_date + 3;

-- How often sales fail that nothing is wrong with, in millionths of the presentments, by kind of failure. A table
-- holds from its day until the next table's. The issuer is a BIN, 'other:' with a scheme, or empty for all; an
-- empty entry mode is an unknown one.
create table reference_rate (
  org_id uuid not null,
  day date not null,
  issuer text not null,
  entry_mode text not null,
  r_issuer integer not null,
  r_user integer not null,
  r_tech integer not null,
  r_chip integer not null,
  r_contactless integer not null,
  r_magstripe integer not null,
  r_keys integer not null,
  r_pin integer not null,
  r_expired integer not null,
  constraint reference_rate_pkey primary key (org_id, day, issuer, entry_mode)
);

alter table terminal_hour
  add column e_issuer bigint not null default 0,
  add column e_user bigint not null default 0,
  add column e_tech bigint not null default 0,
  add column e_chip bigint not null default 0,
  add column e_contactless bigint not null default 0,
  add column e_magstripe bigint not null default 0;
alter table terminal_day
  add column e_issuer bigint not null default 0,
  add column e_user bigint not null default 0,
  add column e_tech bigint not null default 0,
  add column e_chip bigint not null default 0,
  add column e_contactless bigint not null default 0,
  add column e_magstripe bigint not null default 0,
  add column k_keys integer not null default 0,
  add column k_pin integer not null default 0,
  add column k_expired integer not null default 0,
  add column e_keys bigint not null default 0,
  add column e_pin bigint not null default 0,
  add column e_expired bigint not null default 0;
alter table place_hour
  add column e_issuer bigint not null default 0,
  add column e_user bigint not null default 0,
  add column e_tech bigint not null default 0,
  add column e_chip bigint not null default 0,
  add column e_contactless bigint not null default 0,
  add column e_magstripe bigint not null default 0;
alter table place_day
  add column e_issuer bigint not null default 0,
  add column e_user bigint not null default 0,
  add column e_tech bigint not null default 0,
  add column e_chip bigint not null default 0,
  add column e_contactless bigint not null default 0,
  add column e_magstripe bigint not null default 0;

-- A terminal's sales of a store-local day with one operator. Sales without an operator have no row.
create table operator_day (
  terminal_id bigint not null,
  day date not null,
  store_id bigint not null,
  operator text not null,
  org_id uuid not null,
  presentments integer not null default 0,
  ch_user integer not null default 0,
  ch_chip integer not null default 0,
  ch_contactless integer not null default 0,
  ch_magstripe integer not null default 0,
  e_user bigint not null default 0,
  e_chip bigint not null default 0,
  e_contactless bigint not null default 0,
  e_magstripe bigint not null default 0,
  constraint operator_day_pkey primary key (terminal_id, day, store_id, operator)
) partition by range (day);
-- For the night, and for deletion by age.
create index operator_day_org_id_day_idx on operator_day (org_id, day);

-- What each night has counted of a terminal's day: what the rollups had more, or less, than the nights before had
-- counted. Kept for as long as a night looks back.
create table night_terminal (
  org_id uuid not null,
  night date not null,
  terminal_id bigint not null,
  day date not null,
  presentments integer not null,
  ch_issuer integer not null,
  ch_user integer not null,
  ch_tech integer not null,
  ch_chip integer not null,
  ch_contactless integer not null,
  ch_magstripe integer not null,
  k_keys integer not null,
  k_pin integer not null,
  k_expired integer not null,
  e_issuer bigint not null,
  e_user bigint not null,
  e_tech bigint not null,
  e_chip bigint not null,
  e_contactless bigint not null,
  e_magstripe bigint not null,
  e_keys bigint not null,
  e_pin bigint not null,
  e_expired bigint not null,
  chip_reads bigint not null,
  chip_failures bigint not null,
  tap_reads bigint not null,
  tap_failures bigint not null,
  swipe_reads bigint not null,
  swipe_failures bigint not null,
  -- Hours with heartbeats.
  hours integer not null,
  constraint night_terminal_pkey primary key (org_id, night, terminal_id, day)
);

-- The same of a terminal's sales with one operator.
create table night_operator (
  org_id uuid not null,
  night date not null,
  terminal_id bigint not null,
  operator text not null,
  day date not null,
  ch_user integer not null,
  ch_chip integer not null,
  ch_contactless integer not null,
  ch_magstripe integer not null,
  e_user bigint not null,
  e_chip bigint not null,
  e_contactless bigint not null,
  e_magstripe bigint not null,
  constraint night_operator_pkey primary key (org_id, night, terminal_id, operator, day)
);

grant select, insert, update, delete on reference_rate, operator_day, night_terminal, night_operator to tillwatch_worker;
grant select on operator_day to tillwatch_app, tillwatch_limited;
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  within constant text := 'exists (select from terminal_store p where p.terminal_id = %I.terminal_id and p.to_at is null)';
  t text;
begin
  foreach t in array array['reference_rate', 'operator_day', 'night_terminal', 'night_operator'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
    execute format('create policy own_organisation on %I to tillwatch_app using (%s) with check (%2$s)', t, is_own);
    execute format('create policy within_reach on %I to tillwatch_limited using (%s and %s) with check (%2$s and %3$s)',
      t, is_own, case t
        -- Rates are the whole organisation's.
        when 'reference_rate' then 'false'
        when 'operator_day' then 'store_id = any ((select app_store_ids())::bigint[])'
        else format(within, t) end);
  end loop;
end $$;
