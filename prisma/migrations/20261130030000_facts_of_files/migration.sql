-- What all cells of a file's columns tell of how they are to be read: decimal marks, orders of dates, words.
-- A new column without a default: the table is locked for a moment and not written anew.
set local lock_timeout = '10s';
alter table import_run add column facts jsonb;
