-- The fold rewrites these rows in every round: room on the page keeps their indexes untouched. New pages alone
-- get it, so no lock matters.

alter table terminal_tail set (fillfactor = 60);
alter table terminal_state set (fillfactor = 60);
