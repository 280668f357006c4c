-- Serial numbers and TIDs are compared in NFKC, trimmed and without case; bare ones differ by blanks and dashes alone.
-- Generated columns are written for every row: terminal and terminal_tid are locked for about a second a 100,000 rows.
set local lock_timeout = '10s';

alter table terminal
  add column serial_key text generated always as (lower(btrim(normalize(serial, NFKC)) collate "C")) stored,
  add column serial_bare text generated always as
    (translate(lower(btrim(normalize(serial, NFKC)) collate "C"), E' \t-_.\u2010\u2011\u2012\u2013\u2014\u2212', '')) stored,
  -- 0 for the first of a key; terminals that were added in other spellings before are numbered on.
  add column spelling int not null default 0;

update terminal t set spelling = n.spelling
  from (select id, row_number() over (partition by org_id, serial_key order by id) - 1 as spelling from terminal) n
 where n.id = t.id and n.spelling > 0;

create unique index terminal_org_id_serial_key_spelling_key on terminal (org_id, serial_key, spelling);
create index terminal_org_id_serial_bare_idx on terminal (org_id, serial_bare);

alter table terminal_tid
  add column tid_key text generated always as (lower(btrim(normalize(tid, NFKC)) collate "C")) stored;
create index terminal_tid_org_id_tid_key_idx on terminal_tid (org_id, tid_key);

-- What the organisation's own systems write where they know no serial number.
alter table organisation add column placeholder_serials text[] default array[]::text[];
alter table organisation add constraint organisation_placeholder_serials_check
  check (cardinality(placeholder_serials) <= 100);
