/** Tables that every user of the organisation sees, without a store's limit. */
export const seenByAll = [
  "organisation",
  "acquirer",
  "supplier",
  "terminal_model",
  "approval",
  "release",
  "release_policy",
  "code_pack",
  "response_code",
  "ingest_batch",
  "contingency_plan",
  "learnt_ratio",
  "maintenance_window",
  "model_life",
  "rule_tightening",
]
