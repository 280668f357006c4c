/**
 * What a call does, and a request that it takes. `file` is a body that is no JSON, or whose JSON is the
 * sender's own.
 */
export type Call = {
  summary: string
  query?: Record<string, string>
  body?: object
  file?: { type: string; text: string }
}

const profile = {
  name: "acquirer file",
  description: "The acquirer's daily file",
  kind: "transactions",
  timeZone: "Asia/Shanghai",
  currency: "CNY",
  columns: { SN: "terminal", Time: "at", Trace: "id", Result: "outcome", Code: "code" },
}
const terminalProfile = { name: "stock list", kind: "terminals", columns: { SN: "serial", Shop: "store" } }
const reach = { merchants: [], regions: [], stores: [40001] }
const supplier = {
  name: "Harbour Terminals",
  isManufacturer: false,
  isSupplier: true,
  contactPhone: "+86 21 5555 0100",
  warrantyMonths: 24,
}
const model = { name: "A920", manufacturer: 40021 }
const approval = {
  model: 40005,
  kind: "pci_pts",
  reference: "4-30310",
  useEndOn: "2030-04-30",
  source: "the council's list",
  checkedOn: "2026-11-25",
}
const release = { component: "app", version: "4.2.0", releasedOn: "2026-10-01" }
const policy = { component: "app", minimumVersion: "4.2.0", dueOn: "2027-01-31" }
const acquirer = { code: "UMS", name: "China UMS", feePercent: 0.6 }
const store = {
  code: "SH-017",
  name: "Nanjing Road",
  merchantId: 40003,
  regionId: 40004,
  timeZone: "Asia/Shanghai",
  openingHours: { mon: [["09:00", "21:00"]] },
}
const password = "three blue bicycles at dawn"
const week = { from: "2026-11-16T00:00:00+08:00", to: "2026-11-23T00:00:00+08:00" }

/** Every call of the API by its name, as the document tells of it; a test compares with the routes. */
export const calls: Record<string, Call> = {
  "GET /api/v1/account": { summary: "Who is signed in" },
  "PATCH /api/v1/account": { summary: "Change one's name", body: { name: "Lin Wei" } },
  "POST /api/v1/account/recovery-codes": { summary: "Make new recovery codes", body: { password } },
  "GET /api/v1/account/sessions": { summary: "Where one is signed in" },
  "DELETE /api/v1/account/sessions": { summary: "Sign out everywhere else" },
  "DELETE /api/v1/account/sessions/{id}": { summary: "End one of one's sessions" },
  "POST /api/v1/account/totp": { summary: "Begin a second step at sign-in", body: { password } },
  "PUT /api/v1/account/totp": { summary: "Confirm the second step", body: { code: "123456" } },
  "DELETE /api/v1/account/totp": { summary: "Remove the second step", body: { password } },
  "POST /api/v1/password": {
    summary: "Change one's password",
    body: { current: password, next: "four green kettles at noon" },
  },
  "GET /api/v1/account-links/{token}": { summary: "Whom an invitation or reset link is for" },
  "POST /api/v1/account-links/{token}": { summary: "Set a password by a link", body: { password } },
  "POST /api/v1/forgot": { summary: "Ask for a reset link by mail", body: { email: "lin.wei@example.com" } },
  "GET /api/v1/acquirers": { summary: "List acquirers" },
  "POST /api/v1/acquirers": { summary: "Add an acquirer", body: acquirer },
  "PUT /api/v1/acquirers/{id}": { summary: "Change an acquirer", body: acquirer },
  "DELETE /api/v1/acquirers/{id}": { summary: "Remove an acquirer" },
  "POST /api/v1/adapters/{vendor}": {
    summary: "Send a vendor's own JSON",
    file: {
      type: "application/json",
      text: '{"data":[{"id":"tmr_1","serial_number":"serial a1","status":"online","last_seen_at":1764000000000,"device_type":"stripe_s700"}]}',
    },
  },
  "GET /api/v1/approvals": { summary: "List approvals and their dates", query: { model: "40005" } },
  "POST /api/v1/approvals": { summary: "Add an approval", body: approval },
  "PUT /api/v1/approvals/{id}": { summary: "Change an approval", body: approval },
  "DELETE /api/v1/approvals/{id}": { summary: "Remove an approval" },
  "GET /api/v1/approvals/proposals": { summary: "List approvals that are proposed for known models" },
  "GET /api/v1/audit": { summary: "List who did what", query: { limit: "20" } },
  "GET /api/v1/audit/export": { summary: "Export the audit trail", query: { format: "csv" } },
  "GET /api/v1/audit/facets": { summary: "Which actions and people the audit trail has" },
  "GET /api/v1/code-packs": { summary: "List code packs" },
  "PUT /api/v1/code-packs/{codeSystem}": {
    summary: "Replace a code pack",
    file: {
      type: "text/csv",
      text: "code,cause,subcause,remedy,retry,device_attributable,confidence,meaning_en,meaning_zh\n51,card,insufficient_funds,check_card,maybe_later,false,high,Insufficient funds,余额不足\n",
    },
  },
  "GET /api/v1/failure-rates": {
    summary: "Failure rates by cause, store, model and more",
    query: { ...week, groupBy: "cause" },
  },
  "GET /api/v1/failure-rates/series": { summary: "Failure rates over time", query: week },
  "GET /api/v1/flags": { summary: "List flags: what is due for what", query: { status: "open" } },
  "GET /api/v1/group-mappings": { summary: "List what sign-on groups give" },
  "PUT /api/v1/group-mappings": {
    summary: "Say what a sign-on group gives",
    body: { group: "field-east", role: "technician", reach },
  },
  "DELETE /api/v1/group-mappings/{id}": { summary: "Remove what a sign-on group gives" },
  "POST /api/v1/heartbeats": {
    summary: "Send heartbeats",
    file: {
      type: "application/x-ndjson",
      text: '{"terminal":"serial a1","at":"2026-11-25T09:00:00+08:00","batteryPct":83,"networkType":"4g","printerStatus":"ok"}\n',
    },
  },
  "POST /api/v1/transactions": {
    summary: "Send transactions",
    file: {
      type: "application/x-ndjson",
      text: '{"terminal":"serial a1","id":"000123","at":"2026-11-25T09:00:30+08:00","outcome":"declined","code":"51","codeSystem":"unionpay","entryMode":"chip"}\n',
    },
  },
  "GET /api/v1/import-profiles": { summary: "List import profiles" },
  "PUT /api/v1/import-profiles": { summary: "Save an import profile", body: { profile } },
  "GET /api/v1/imports": { summary: "List imported files" },
  "POST /api/v1/imports": {
    summary: "Upload a file",
    query: { fileName: "sales.csv" },
    file: {
      type: "text/csv",
      text: "SN,Time,Trace,Result,Code\nserial a1,2026-11-25 09:00:30,000123,declined,51\n",
    },
  },
  "GET /api/v1/imports/{id}": { summary: "How an import stands" },
  "POST /api/v1/imports/{id}/preview": {
    summary: "Read the first rows through a mapping",
    body: { profile },
  },
  "POST /api/v1/imports/{id}/dry-run": {
    summary: "Say what a file of terminals would change",
    body: { profile: terminalProfile },
  },
  "POST /api/v1/imports/{id}/start": { summary: "Start an import", body: { profile } },
  "POST /api/v1/imports/{id}/cancel": { summary: "Cancel an import" },
  "POST /api/v1/imports/{id}/resume": { summary: "Resume an import" },
  "GET /api/v1/imports/{id}/rejected": { summary: "Download the rows that were rejected" },
  "GET /api/v1/imports/{id}/results": { summary: "List what became of each row of a file of terminals" },
  "GET /api/v1/imports/{id}/results/csv": { summary: "Download what became of each row" },
  "GET /api/v1/keys": { summary: "List API keys" },
  "POST /api/v1/keys": {
    summary: "Make an API key; it is shown once",
    body: { label: "till gateway", scopes: ["ingest"] },
  },
  "PATCH /api/v1/keys/{id}": {
    summary: "Change a key's label or end",
    body: { label: "till gateway, east" },
  },
  "DELETE /api/v1/keys/{id}": { summary: "Revoke a key" },
  "POST /api/v1/keys/{id}/rotation": {
    summary: "Make a key's successor",
    body: { worksUntil: "2099-01-01T00:00:00Z" },
  },
  "GET /api/v1/league": {
    summary: "Acquirers, suppliers or models by stability",
    query: { by: "acquirer", from: "2026-11-16", to: "2026-11-22" },
  },
  "GET /api/v1/merchants": { summary: "List merchants" },
  "POST /api/v1/merchants": { summary: "Make a merchant", body: { name: "Lotus Tea", code: "LOTUS" } },
  "GET /api/v1/merchants/{id}": { summary: "One merchant" },
  "PATCH /api/v1/merchants/{id}": { summary: "Change a merchant", body: { name: "Lotus Tea Houses" } },
  "DELETE /api/v1/merchants/{id}": { summary: "Remove a merchant that has no stores" },
  "GET /api/v1/models": { summary: "List terminal models" },
  "POST /api/v1/models": { summary: "Add a terminal model", body: model },
  "GET /api/v1/models/{id}": { summary: "One terminal model" },
  "PUT /api/v1/models/{id}": { summary: "Change a terminal model", body: model },
  "DELETE /api/v1/models/{id}": { summary: "Remove a terminal model that no terminal has" },
  "GET /api/v1/organisation": { summary: "What holds for the organisation" },
  "PATCH /api/v1/organisation": {
    summary: "Change what holds for the organisation",
    body: { rawRetentionDays: 90 },
  },
  "GET /api/v1/overview": { summary: "The fleet at a glance", query: { range: "7d" } },
  "GET /api/v1/places": { summary: "Names of merchants, regions and stores, to choose from" },
  "GET /api/v1/quarantine": { summary: "List rejected records", query: { code: "unknown_terminal" } },
  "GET /api/v1/quarantine/{id}": { summary: "One rejected record" },
  "POST /api/v1/quarantine/{id}/enrol": {
    summary: "Enrol a rejected record's terminal and take its records",
    body: { store: 40001 },
  },
  "POST /api/v1/quarantine/{id}/replay": {
    summary: "Take a rejected record again, corrected or as it was",
    file: {
      type: "application/json",
      text: '{"record":{"terminal":"serial a1","at":"2026-11-25T09:00:00+08:00"}}',
    },
  },
  "POST /api/v1/quarantine/clock": {
    summary: "Correct the times of a terminal whose clock was wrong",
    query: { terminal: "serial a1" },
    body: { aheadSeconds: 7200 },
  },
  "POST /api/v1/quarantine/discard": {
    summary: "Put rejected records aside",
    query: { code: "clock_wrong", terminal: "serial a1" },
  },
  "POST /api/v1/quarantine/replay": {
    summary: "Take rejected records again",
    query: { code: "unknown_terminal" },
  },
  "POST /api/v1/quarantine/restore": {
    summary: "Bring back what was put aside",
    query: { code: "clock_wrong", terminal: "serial a1" },
  },
  "GET /api/v1/quarantine/terminals": { summary: "Rejected records by terminal" },
  "GET /api/v1/regions": { summary: "List regions" },
  "POST /api/v1/regions": { summary: "Make a region", body: { name: "East", merchantId: 40003 } },
  "GET /api/v1/regions/{id}": { summary: "One region" },
  "PATCH /api/v1/regions/{id}": { summary: "Change a region", body: { name: "East coast" } },
  "DELETE /api/v1/regions/{id}": { summary: "Remove a region" },
  "GET /api/v1/release-policies": { summary: "List which versions are asked for" },
  "POST /api/v1/release-policies": { summary: "Ask for a version", body: policy },
  "PUT /api/v1/release-policies/{id}": { summary: "Change which version is asked for", body: policy },
  "DELETE /api/v1/release-policies/{id}": { summary: "Ask for a version no more" },
  "GET /api/v1/releases": { summary: "List releases" },
  "POST /api/v1/releases": { summary: "Add a release", body: release },
  "PUT /api/v1/releases/{id}": { summary: "Change a release", body: release },
  "DELETE /api/v1/releases/{id}": { summary: "Remove a release" },
  "GET /api/v1/reports/weekly/{week}": { summary: "A week's report" },
  "GET /api/v1/reports/weekly/{week}/csv": { summary: "A week's report as CSV", query: { lang: "en" } },
  "GET /api/v1/stores": { summary: "List stores" },
  "POST /api/v1/stores": { summary: "Make a store", body: store },
  "GET /api/v1/stores/{id}": { summary: "One store" },
  "PATCH /api/v1/stores/{id}": { summary: "Change a store", body: { address: "1 Nanjing Road, Shanghai" } },
  "DELETE /api/v1/stores/{id}": { summary: "Remove a store that has no terminals" },
  "GET /api/v1/suppliers": { summary: "List suppliers and manufacturers" },
  "POST /api/v1/suppliers": { summary: "Add a supplier", body: supplier },
  "PUT /api/v1/suppliers/{id}": { summary: "Change a supplier", body: supplier },
  "DELETE /api/v1/suppliers/{id}": { summary: "Remove a supplier" },
  "GET /api/v1/terminals": { summary: "List terminals", query: { state: "online" } },
  "POST /api/v1/terminals": {
    summary: "Add a terminal",
    body: { serial: "SN-0002", store: 40001, labels: ["counter"], supplierId: 40021, boughtOn: "2026-11-02" },
  },
  "GET /api/v1/terminals/{id}": { summary: "One terminal" },
  "PATCH /api/v1/terminals/{id}": {
    summary: "Change a terminal's labels, model, code system, supplier, purchase or warranty",
    body: { labels: ["counter", "loan"], warrantyUntil: "2028-11-02" },
  },
  "POST /api/v1/terminals/{id}/enrol": { summary: "Enrol a pending terminal", body: { store: 40001 } },
  "POST /api/v1/terminals/{id}/move": { summary: "Move a terminal to another store", body: { store: 40001 } },
  "GET /api/v1/terminals/{id}/records": { summary: "A terminal's last records" },
  "POST /api/v1/terminals/{id}/status": {
    summary: "Change a terminal's status",
    body: { status: "in_repair", note: "printer" },
  },
  "POST /api/v1/terminals/{id}/swap": {
    summary: "Put another terminal in a terminal's place",
    body: { replacement: 41002, oldStatus: "in_repair" },
  },
  "POST /api/v1/terminals/{id}/tid": {
    summary: "Give a terminal a TID, or end one",
    body: { tid: "20012345", acquirer: 40006 },
  },
  "GET /api/v1/terminals/{id}/trend": { summary: "A terminal's last days", query: { days: "7" } },
  "POST /api/v1/terminals/bulk": {
    summary: "Change many terminals at once",
    body: { terminals: { ids: [40002] }, change: { kind: "labels", add: ["audit"], remove: [] } },
  },
  "GET /api/v1/terminals/export": { summary: "Export terminals", query: { format: "csv" } },
  "GET /api/v1/terminals/facets": { summary: "Which filters terminals can be listed by" },
  "GET /api/v1/users": { summary: "List people" },
  "POST /api/v1/users": {
    summary: "Invite somebody",
    body: { email: "lin.wei@example.com", name: "Lin Wei", role: "manager", reach: null },
  },
  "GET /api/v1/users/{id}": { summary: "One person" },
  "PATCH /api/v1/users/{id}": {
    summary: "Change somebody's name, role or reach",
    body: { role: "viewer", reach: null },
  },
  "POST /api/v1/users/{id}/invitation": { summary: "Make a new invitation link" },
  "POST /api/v1/users/{id}/reset": { summary: "Make a reset link" },
  "DELETE /api/v1/users/{id}/sessions": { summary: "Sign somebody out everywhere" },
  "DELETE /api/v1/users/{id}/totp": { summary: "Remove somebody's second step" },
}
