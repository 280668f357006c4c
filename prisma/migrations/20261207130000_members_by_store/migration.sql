-- Whether an incident has terminals in some stores is answered by an index, for users who see these stores alone and
-- for lists of a store. Locks incident_member while it is built, about a second for a million rows.
set local lock_timeout = '10s';

create index incident_member_incident_id_store_id_idx on incident_member (incident_id, store_id);
