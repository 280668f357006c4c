const maintenance = {
  reason: "New router",
  place: { kind: "store", id: 40001 },
  starts: "2099-12-01T22:00",
  ends: "2099-12-02T04:00",
}

/** Calls about flags, and what mutes them. */
export const callsOfFlags = {
  "GET /api/v1/flags": { summary: "List flags", query: { status: "open" } },
  "GET /api/v1/flags/{id}": { summary: "Get a flag with what people did with it" },
  "POST /api/v1/flags/handling": {
    summary: "Acknowledge, assign, snooze, comment or try flags remotely, or say what was found",
    body: { ids: [41_011], change: { what: "find", outcome: "fixed", note: "Reader cleaned" } },
  },
  "GET /api/v1/rules": { summary: "List how often each rule of flags was right" },
  "POST /api/v1/flags/{id}/remote-action": {
    summary: "Ask for an action that may help without a visit",
    body: { action: "restart" },
  },
  "GET /api/v1/remote-actions": {
    summary: "List the remote actions that were asked for, for a bridge to terminal management",
    query: { state: "asked" },
  },
  "POST /api/v1/remote-actions/{id}/taken": { summary: "Say that a remote action is under way" },
  "GET /api/v1/maintenance-windows": { summary: "List maintenance windows", query: { state: "current" } },
  "POST /api/v1/maintenance-windows": { summary: "Add a maintenance window", body: maintenance },
  "PUT /api/v1/maintenance-windows/{id}": { summary: "Change a maintenance window", body: maintenance },
  "DELETE /api/v1/maintenance-windows/{id}": { summary: "End a maintenance window now" },
}
