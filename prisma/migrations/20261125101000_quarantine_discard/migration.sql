-- Records that nobody wants are put aside, and can be brought back. Locks the table for a moment.
set local lock_timeout = '10s';

alter table quarantine add column discarded_at timestamptz(6);
