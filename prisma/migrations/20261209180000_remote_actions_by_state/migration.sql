-- Bridges poll for what is asked for, among all that ever was. Locks writes of remote actions for a moment.
set local lock_timeout = '10s';

create index remote_action_org_id_state_id_idx on remote_action (org_id, state, id);
