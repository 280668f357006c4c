-- Who made a version of an organisation's code table, by name. Null for shipped ones and those made before. Locks
-- code_pack while it gets a column without values: milliseconds.
set local lock_timeout = '10s';

alter table code_pack add column made_by text;
