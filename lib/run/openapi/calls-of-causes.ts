import { week } from "@/lib/run/openapi/examples"

/** What asks why sales fail. */
export const callsOfCauses = {
  "GET /api/v1/failed-sales": {
    summary: "List failed sales with their verdicts and evidence",
    query: { range: "7d", limit: "20" },
  },
  "GET /api/v1/failure-concentration": {
    summary: "Find out what failures follow: a card, terminal, issuer, cashier, store, release or line",
    query: { range: "7d" },
  },
  "GET /api/v1/failure-rates": {
    summary: "Get failure rates by cause, store, model and more",
    query: { ...week, groupBy: "cause" },
  },
  "GET /api/v1/failure-rates/matrix": {
    summary: "Get failure rates of stores by a dimension",
    query: { ...week, groupBy: "cause" },
  },
  "GET /api/v1/failure-rates/series": { summary: "Get failure rates over time", query: week },
  "GET /api/v1/availability": {
    summary: "Get how available terminals were, and why not",
    query: { range: "7d" },
  },
  "GET /api/v1/lost-sales": {
    summary: "Get the sales that were lost",
    query: { range: "7d", groupBy: "cause" },
  },
  "GET /api/v1/parties": {
    summary: "List issuers, acquirers or cashiers with business and technical declines",
    query: { ...week, by: "issuer" },
  },
  "GET /api/v1/speeds": {
    summary: "List how long sales take by store, issuer, acquirer, release or carrier",
    query: { ...week, by: "issuer" },
  },
  "GET /api/v1/stores/{id}/coaching": {
    summary: "Get what a store's cashiers could do better",
    query: { range: "30d" },
  },
  "GET /api/v1/trainings": { summary: "List trainings with their effect", query: { limit: "20" } },
  "POST /api/v1/trainings": {
    summary: "Record a training",
    body: { store: 40001, operator: "01", subject: "Chip first", heldOn: "2026-11-20" },
  },
  "DELETE /api/v1/trainings/{id}": { summary: "Remove a training" },
  "GET /api/v1/verdict-ratios": { summary: "List what evidence weighs, as shipped and as learnt" },
  "POST /api/v1/diagnoses": {
    summary: "Find out why a sale fails and what to do now",
    body: { terminal: "serial a1", codeSystem: "unionpay", code: "91", entryMode: "chip" },
  },
}
