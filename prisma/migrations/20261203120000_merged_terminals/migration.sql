-- A terminal that turned out to be another one in another spelling: its name leads to that one. A new column
-- without a default: the table is locked for a moment and not written anew.
set local lock_timeout = '10s';
alter table terminal add column merged_into bigint;
alter table terminal add constraint terminal_merged_into_fkey
  foreign key (merged_into) references terminal (id);
create index terminal_merged_into_idx on terminal (merged_into) where merged_into is not null;
-- A merge moves TIDs to the terminal that is kept; rows of terminal_tid are updated already.
