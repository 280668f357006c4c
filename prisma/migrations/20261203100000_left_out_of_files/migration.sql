-- What was left out of the records of a file. A constant default: the table is locked for a moment and not
-- written anew.
set local lock_timeout = '10s';
alter table import_run add column left_out jsonb not null default '[]';
