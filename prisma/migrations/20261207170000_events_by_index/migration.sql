-- Which terminals had their keys loaded, lost power and the like is asked for each failed sale, and few heartbeats have
-- events. Locks heartbeat while each is looked at once, about a second for a million rows.
set local lock_timeout = '10s';

create index heartbeat_events_idx on heartbeat (terminal_id, at) where events is not null;
