-- A sample of a model's terminals, the terminals that an incident hurts most and the counts of an import are read by
-- an index. Locks terminal, incident_member and import_result while their indexes are built, about a second for a
-- million rows each.
set local lock_timeout = '10s';

create index terminal_sample_idx on terminal (org_id, coalesce(model_id, 0), hashint8(id)) where merged_into is null;
create index incident_member_excess_idx on incident_member (incident_id, (observed - expected) desc, terminal_id);
drop index import_result_import_id_outcome_line_idx;
create index import_result_import_id_outcome_line_org_id_idx on import_result (import_id, outcome, line, org_id);
