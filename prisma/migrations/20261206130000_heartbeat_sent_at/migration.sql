-- Whether a clock is right is known only of terminals that send the time of sending.
alter table heartbeat add column sent_at timestamptz(6);
