/** Routes that change something without an audit entry, with the reason. */
export const unauditedRoutes: Record<string, string> = {
  "POST /api/v1/forgot": "must not reveal whether the user exists; using the link makes an entry",
  "POST /api/v1/heartbeats": "each batch has its own row",
  "POST /api/v1/transactions": "each batch has its own row",
  "POST /api/v1/code-packs/[codeSystem]/preview": "stores nothing",
  "POST /api/v1/diagnoses": "stores nothing",
  "POST /api/v1/imports/[id]/dry-run": "a dry run changes no terminal",
  "POST /api/v1/imports/[id]/preview": "stores nothing",
}
