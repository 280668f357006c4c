import { callsOfCauses } from "@/lib/run/openapi/calls-of-causes"
import {
  acquirer,
  approval,
  heartbeat,
  lineOf,
  model,
  password,
  planDraft,
  policy,
  profile,
  reach,
  release,
  store,
  supplier,
  terminalProfile,
  transaction,
} from "@/lib/run/openapi/examples"

/** A call's summary and an example request. `file` is a body that is not JSON, or JSON without a schema. */
export type Call = {
  summary: string
  query?: Record<string, string>
  body?: object
  file?: { type: string; text: string }
}

const codeTable = {
  type: "text/csv",
  text: "code,cause,subcause,remedy,meaning_en\n51,card,insufficient_funds,check_card,Insufficient funds\n",
}

/** Every call of the API by name. A test compares them with the routes. */
export const calls: Record<string, Call> = {
  ...callsOfCauses,
  "GET /api/v1/account": { summary: "Get the signed-in user" },
  "PATCH /api/v1/account": { summary: "Change your name", body: { name: "Lin Wei" } },
  "POST /api/v1/account/recovery-codes": { summary: "Create new recovery codes", body: { password } },
  "GET /api/v1/account/sessions": { summary: "List your sessions" },
  "DELETE /api/v1/account/sessions": { summary: "End all your other sessions" },
  "DELETE /api/v1/account/sessions/{id}": { summary: "End one of your sessions" },
  "POST /api/v1/account/totp": { summary: "Begin to set up two-step verification", body: { password } },
  "PUT /api/v1/account/totp": { summary: "Confirm two-step verification", body: { code: "123456" } },
  "DELETE /api/v1/account/totp": { summary: "Turn off two-step verification", body: { password } },
  "POST /api/v1/password": {
    summary: "Change your password",
    body: { current: password, next: "four green kettles at noon" },
  },
  "GET /api/v1/account-links/{token}": { summary: "Get the user of an invitation or reset link" },
  "POST /api/v1/account-links/{token}": { summary: "Set a password with a link", body: { password } },
  "POST /api/v1/forgot": { summary: "Request a reset link by email", body: { email: "lin.wei@example.com" } },
  "GET /api/v1/acquirers": { summary: "List acquirers" },
  "POST /api/v1/acquirers": { summary: "Add an acquirer", body: acquirer },
  "PUT /api/v1/acquirers/{id}": { summary: "Change an acquirer", body: acquirer },
  "DELETE /api/v1/acquirers/{id}": { summary: "Remove an acquirer" },
  "POST /api/v1/adapters/{vendor}": {
    summary: "Send a vendor's own JSON",
    file: {
      type: "application/json",
      text: JSON.stringify({
        data: [
          {
            id: "tmr_1",
            serial_number: "serial a1",
            status: "online",
            last_seen_at: 1_764_000_000_000,
            device_type: "stripe_s700",
          },
        ],
      }),
    },
  },
  "GET /api/v1/approvals": { summary: "List approvals", query: { model: "40005" } },
  "POST /api/v1/approvals": { summary: "Add an approval", body: approval },
  "PUT /api/v1/approvals/{id}": { summary: "Change an approval", body: approval },
  "DELETE /api/v1/approvals/{id}": { summary: "Remove an approval" },
  "GET /api/v1/approvals/proposals": { summary: "List proposed approvals for your models" },
  "GET /api/v1/audit": { summary: "List audit entries", query: { limit: "20" } },
  "GET /api/v1/audit/export": { summary: "Export audit entries", query: { format: "csv" } },
  "GET /api/v1/audit/facets": { summary: "List the actions and actors of the audit log" },
  "GET /api/v1/code-packs": { summary: "List code tables and unmapped codes" },
  "GET /api/v1/code-packs/{codeSystem}": { summary: "Get what the codes of a system mean now" },
  "PUT /api/v1/code-packs/{codeSystem}": { summary: "Upload a code table", file: codeTable },
  "POST /api/v1/code-packs/{codeSystem}/codes": {
    summary: "Give single codes a meaning",
    body: { codes: [{ code: "E7", cause: "device", subcause: "chip_read_error" }] },
  },
  "POST /api/v1/code-packs/{codeSystem}/preview": { summary: "Preview a code table", file: codeTable },
  "GET /api/v1/contingency-plans": { summary: "List contingency plans" },
  "PUT /api/v1/contingency-plans/{class}": {
    summary: "Save a contingency plan",
    body: planDraft,
  },
  "GET /api/v1/flags": { summary: "List flags", query: { status: "open" } },
  "GET /api/v1/flags/{id}": { summary: "Get a flag with what people did with it" },
  "POST /api/v1/flags/handling": {
    summary: "Acknowledge, assign, snooze or comment flags, or say what was found",
    body: { ids: [41_011], change: { what: "find", outcome: "fixed", note: "Reader cleaned" } },
  },
  "GET /api/v1/rules": { summary: "List how often each rule of flags was right" },
  "GET /api/v1/group-mappings": { summary: "List the roles of sign-on groups" },
  "PUT /api/v1/group-mappings": {
    summary: "Set the role of a sign-on group",
    body: { group: "field-east", role: "technician", reach },
  },
  "DELETE /api/v1/group-mappings/{id}": { summary: "Remove the role of a sign-on group" },
  "GET /api/v1/incidents": { summary: "List incidents", query: { state: "open" } },
  "GET /api/v1/incidents/{id}": { summary: "Get an incident with its timeline, terminals and plan" },
  "POST /api/v1/heartbeats": {
    summary: "Send heartbeats",
    file: { type: "application/x-ndjson", text: lineOf(heartbeat) },
  },
  "POST /api/v1/transactions": {
    summary: "Send transactions",
    file: { type: "application/x-ndjson", text: lineOf(transaction) },
  },
  "GET /api/v1/import-profiles": { summary: "List import profiles" },
  "PUT /api/v1/import-profiles": { summary: "Save an import profile", body: { profile } },
  "GET /api/v1/imports": { summary: "List imports" },
  "POST /api/v1/imports": {
    summary: "Upload a file",
    query: { fileName: "sales.csv" },
    file: {
      type: "text/csv",
      text: "SN,Time,Trace,Result,Code\nserial a1,2026-11-25 09:00:30,000123,declined,51\n",
    },
  },
  "GET /api/v1/imports/{id}": { summary: "Get an import" },
  "POST /api/v1/imports/{id}/read": {
    summary: "Read an uploaded file again in another way",
    body: { encoding: "utf8", delimiter: ";", headerRow: 0 },
  },
  "POST /api/v1/imports/{id}/preview": {
    summary: "Preview the first rows with a mapping",
    body: { profile },
  },
  "POST /api/v1/imports/{id}/dry-run": {
    summary: "Try a file of terminals without writing anything",
    body: { profile: terminalProfile },
  },
  "POST /api/v1/imports/{id}/start": { summary: "Start an import", body: { profile } },
  "POST /api/v1/imports/{id}/cancel": { summary: "Cancel an import" },
  "POST /api/v1/imports/{id}/resume": { summary: "Resume an import" },
  "GET /api/v1/imports/{id}/rejected": { summary: "Download rejected rows" },
  "GET /api/v1/imports/{id}/results": { summary: "List the result of each row of a file of terminals" },
  "GET /api/v1/imports/{id}/results/csv": { summary: "Download the result of each row" },
  "GET /api/v1/keys": { summary: "List API keys" },
  "POST /api/v1/keys": {
    summary: "Create an API key; the answer shows it once",
    body: { label: "till gateway", scopes: ["ingest"] },
  },
  "PATCH /api/v1/keys/{id}": {
    summary: "Change the label or expiry of a key",
    body: { label: "till gateway, east" },
  },
  "DELETE /api/v1/keys/{id}": { summary: "Revoke a key" },
  "POST /api/v1/keys/{id}/rotation": {
    summary: "Replace a key with a new one",
    body: { worksUntil: "2099-01-01T00:00:00Z" },
  },
  "GET /api/v1/league": {
    summary: "Rank acquirers, suppliers or models by stability",
    query: { by: "acquirer", from: "2026-11-16", to: "2026-11-22" },
  },
  "GET /api/v1/merchants": { summary: "List merchants" },
  "POST /api/v1/merchants": { summary: "Add a merchant", body: { name: "Lotus Tea", code: "LOTUS" } },
  "GET /api/v1/merchants/{id}": { summary: "Get a merchant" },
  "PATCH /api/v1/merchants/{id}": { summary: "Change a merchant", body: { name: "Lotus Tea Houses" } },
  "DELETE /api/v1/merchants/{id}": { summary: "Remove a merchant without stores" },
  "GET /api/v1/models": { summary: "List terminal models" },
  "POST /api/v1/models": { summary: "Add a terminal model", body: model },
  "GET /api/v1/models/{id}": { summary: "Get a terminal model" },
  "PUT /api/v1/models/{id}": { summary: "Change a terminal model", body: model },
  "DELETE /api/v1/models/{id}": { summary: "Remove a terminal model without terminals" },
  "GET /api/v1/organisation": { summary: "Get the organisation's settings" },
  "PATCH /api/v1/organisation": {
    summary: "Change the organisation's settings",
    body: { rawRetentionDays: 90 },
  },
  "GET /api/v1/overview": { summary: "Get the overview of the fleet", query: { range: "7d" } },
  "GET /api/v1/places": {
    summary: "List the names of merchants, regions or stores",
    query: { kind: "stores" },
  },
  "GET /api/v1/quarantine": { summary: "List quarantined records", query: { code: "unknown_terminal" } },
  "GET /api/v1/quarantine/{id}": { summary: "Get a quarantined record" },
  "POST /api/v1/quarantine/{id}/enrol": {
    summary: "Enrol the terminal of a quarantined record and store its records",
    body: { store: 40001 },
  },
  "POST /api/v1/quarantine/{id}/replay": {
    summary: "Replay a quarantined record, corrected or unchanged",
    file: {
      type: "application/json",
      text: '{"record":{"terminal":"serial a1","at":"2026-11-25T09:00:00+08:00"}}',
    },
  },
  "POST /api/v1/quarantine/clock": {
    summary: "Correct the times of quarantined records of a terminal",
    query: { terminal: "serial a1" },
    body: { aheadSeconds: 7200 },
  },
  "POST /api/v1/quarantine/discard": {
    summary: "Discard quarantined records",
    query: { code: "clock_wrong", terminal: "serial a1" },
  },
  "POST /api/v1/quarantine/replay": {
    summary: "Replay quarantined records",
    query: { code: "unknown_terminal" },
  },
  "POST /api/v1/quarantine/restore": {
    summary: "Restore discarded records",
    query: { code: "clock_wrong", terminal: "serial a1" },
  },
  "GET /api/v1/quarantine/terminals": { summary: "Count quarantined records by terminal" },
  "GET /api/v1/regions": { summary: "List regions" },
  "POST /api/v1/regions": { summary: "Add a region", body: { name: "East", merchantId: 40003 } },
  "GET /api/v1/regions/{id}": { summary: "Get a region" },
  "PATCH /api/v1/regions/{id}": { summary: "Change a region", body: { name: "East coast" } },
  "DELETE /api/v1/regions/{id}": { summary: "Remove a region" },
  "GET /api/v1/release-policies": { summary: "List minimum versions" },
  "GET /api/v1/release-policies/preview": {
    summary: "See how many terminals a minimum version would flag",
    query: { component: "app", minimumVersion: "5.2.0" },
  },
  "POST /api/v1/release-policies": { summary: "Add a minimum version", body: policy },
  "PUT /api/v1/release-policies/{id}": { summary: "Change a minimum version", body: policy },
  "DELETE /api/v1/release-policies/{id}": { summary: "Remove a minimum version" },
  "GET /api/v1/releases": { summary: "List releases" },
  "POST /api/v1/releases": { summary: "Add a release", body: release },
  "PUT /api/v1/releases/{id}": { summary: "Change a release", body: release },
  "DELETE /api/v1/releases/{id}": { summary: "Remove a release" },
  "GET /api/v1/reports/weekly/{week}": { summary: "Get a weekly report" },
  "GET /api/v1/reports/weekly/{week}/csv": { summary: "Get a weekly report as CSV", query: { lang: "en" } },
  "GET /api/v1/stores": { summary: "List stores" },
  "POST /api/v1/stores": { summary: "Add a store", body: store },
  "GET /api/v1/stores/{id}": { summary: "Get a store" },
  "PATCH /api/v1/stores/{id}": { summary: "Change a store", body: { address: "1 Nanjing Road, Shanghai" } },
  "DELETE /api/v1/stores/{id}": { summary: "Remove a store without terminals" },
  "GET /api/v1/suppliers": { summary: "List suppliers and manufacturers" },
  "POST /api/v1/suppliers": { summary: "Add a supplier", body: supplier },
  "PUT /api/v1/suppliers/{id}": { summary: "Change a supplier", body: supplier },
  "DELETE /api/v1/suppliers/{id}": { summary: "Remove a supplier" },
  "GET /api/v1/terminals": { summary: "List terminals", query: { state: "online" } },
  "POST /api/v1/terminals": {
    summary: "Add a terminal",
    body: { serial: "SN-0002", store: 40001, labels: ["counter"], supplierId: 40021, boughtOn: "2026-11-02" },
  },
  "GET /api/v1/terminals/{id}": { summary: "Get a terminal" },
  "PATCH /api/v1/terminals/{id}": {
    summary: "Change a terminal's labels, model, code system, supplier, purchase or warranty",
    body: { labels: ["counter", "loan"], warrantyUntil: "2028-11-02" },
  },
  "POST /api/v1/terminals/{id}/enrol": { summary: "Enrol a pending terminal", body: { store: 40001 } },
  "POST /api/v1/terminals/{id}/merge": {
    summary: "Merge another spelling of a terminal into it",
    body: { merged: 41002 },
  },
  "POST /api/v1/terminals/{id}/move": { summary: "Move a terminal to another store", body: { store: 40001 } },
  "GET /api/v1/terminals/{id}/evidence": {
    summary: "Get what speaks for a flag of the nights",
    query: { rule: "chip_reader" },
  },
  "GET /api/v1/terminals/{id}/records": { summary: "List a terminal's latest records" },
  "POST /api/v1/terminals/{id}/status": {
    summary: "Change a terminal's status",
    body: { status: "in_repair", note: "printer" },
  },
  "POST /api/v1/terminals/{id}/swap": {
    summary: "Swap a terminal for another",
    body: { replacement: 41002, oldStatus: "in_repair" },
  },
  "POST /api/v1/terminals/{id}/tid": {
    summary: "Assign a TID to a terminal, or end one",
    body: { tid: "20012345", acquirer: 40006 },
  },
  "GET /api/v1/terminals/{id}/trend": { summary: "Get a terminal's recent days", query: { days: "7" } },
  "POST /api/v1/terminals/bulk": {
    summary: "Change many terminals at once",
    body: { terminals: { ids: [40002] }, change: { kind: "labels", add: ["audit"], remove: [] } },
  },
  "GET /api/v1/terminals/export": { summary: "Export terminals", query: { format: "csv" } },
  "GET /api/v1/terminals/facets": { summary: "List the values to filter terminals by" },
  "GET /api/v1/users": { summary: "List users" },
  "POST /api/v1/users": {
    summary: "Invite a user",
    body: { email: "lin.wei@example.com", name: "Lin Wei", role: "manager", reach: null },
  },
  "GET /api/v1/users/{id}": { summary: "Get a user" },
  "PATCH /api/v1/users/{id}": {
    summary: "Change a user's name, role or reach",
    body: { role: "viewer", reach: null },
  },
  "POST /api/v1/users/{id}/invitation": { summary: "Create a new invitation link" },
  "POST /api/v1/users/{id}/reset": { summary: "Create a reset link" },
  "DELETE /api/v1/users/{id}/sessions": { summary: "End all sessions of a user" },
  "DELETE /api/v1/users/{id}/totp": { summary: "Turn off two-step verification of a user" },
}
