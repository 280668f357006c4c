import { rangeNames } from "@/lib/base/time/range-names"
import { addDays, localDay } from "@/lib/base/time/zone"
import { groupings } from "@/lib/insight/rates/words"
import { leagueGroupings } from "@/lib/outlook/league/words"
import { quartersFrom } from "@/lib/outlook/replacements/quarters"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"
import { operationsOf } from "@/lib/run/openapi/operations"
import { linkToken } from "@/tests/bench/read/seed-access"
import { importId } from "@/tests/bench/read/seed-records"

/** A call to measure: `name` is the route's in the OpenAPI description. */
export type Sample = { name: string; query: Record<string, string>; path?: Record<string, string> }

/** What files and documents of a whole organisation are measured by, instead of the bars for screens. */
export type Kind = "screen" | "report" | "export"

export const kindOf = ({ name }: Pick<Sample, "name">): Kind =>
  name.endsWith("/reports/weekly/{week}")
    ? "report"
    : /\/(export|csv|rejected)$/.test(name)
      ? "export"
      : "screen"

type Variants = { path?: Record<string, string>; queries: Record<string, string>[] }

const one: Variants = { queries: [{}] }
const byId = (id: string): Variants => ({ path: { id }, queries: [{}] })
/** The first store, and the terminal in it, are in a limited user's reach. */
const [terminal, store, merchant, region] = ["1", "2", "1", "1"]
const daysAgo = (days: number) => addDays(localDay(new Date(), "UTC"), -days)
const week = () => shiftWeek(weekOf(new Date(), "Asia/Shanghai"), -1).name

const rateQueries = [
  ...groupings
    .filter((groupBy) => groupBy !== "terminal" && groupBy !== "operator")
    .map((groupBy) => ({ groupBy, range: "7d" })),
  { groupBy: "cause", range: "24h" },
  { groupBy: "cause", range: "30d" },
  { groupBy: "store", range: "24h" },
  { groupBy: "store", range: "30d" },
  { groupBy: "acquirer", range: "30d" },
  { groupBy: "operator", range: "7d", store },
  { groupBy: "terminal", range: "7d", region },
  { groupBy: "store", range: "7d", merchant },
  { groupBy: "code", range: "30d", merchant },
]

const terminalQueries = [
  {},
  { state: "offline" },
  { state: "unknown" },
  { alike: "true" },
  { lacks: "model" },
  { clock: "wrong" },
  { flagged: "true" },
  { model: "1", sort: "store" },
  { status: "pending" },
  { label: "counter" },
  { warranty: "within30" },
  { behind: "firmware" },
  { sort: "rate", order: "desc" },
  { sort: "lastBeat", order: "asc" },
  { sort: "clock", order: "desc" },
  { q: "SN0000" },
  { q: "7" },
]

const tables: Record<string, Variants> = {
  "/replacements": one,
  "/replacements/calendar": one,
  "/replacements/terminals": { queries: [{ quarter: quartersFrom(daysAgo(0))[1]?.name ?? "" }] },
  "/terminals/{id}/wear": byId(terminal),
  "/terminals": { queries: terminalQueries },
  "/availability": { queries: [{ range: "30d" }, { range: "30d", store }, { range: "30d", terminal }] },
  "/lost-sales": {
    queries: [{ range: "7d" }, { range: "30d" }, { range: "30d", store, groupBy: "terminal" }],
  },
  "/contingency-plans": one,
  "/terminals/{id}/evidence": { path: { id: terminal }, queries: [{ rule: "chip_reader" }] },
  "/incidents": { queries: [{}, { state: "closed" }] },
  "/incidents/{id}": { path: { id: "1" }, queries: [{}] },
  "/code-packs": one,
  "/code-packs/{codeSystem}/codes": { path: { codeSystem: "unionpay" }, queries: [{ code: "51" }] },
  "/code-packs/{codeSystem}": { path: { codeSystem: "unionpay" }, queries: [{}] },
  "/compliance": { queries: [{}, { by: "region" }, { by: "merchant" }] },
  "/release-policies": one,
  "/release-policies/preview": { queries: [{ component: "app", minimumVersion: "5.2.0" }] },
}

const causes: Record<string, Variants> = {
  "/failure-rates": { queries: rateQueries },
  "/failure-concentration": {
    queries: [
      { range: "7d", region },
      { range: "7d", store },
    ],
  },
  "/failure-rates/matrix": {
    queries: [
      { groupBy: "issuer", range: "7d" },
      { groupBy: "cause", range: "30d", region },
    ],
  },
  "/failed-sales": {
    queries: [
      { range: "7d" },
      { range: "30d", store },
      { range: "7d", cause: "device" },
      { range: "7d", code: "unionpay:05" },
      { range: "7d", code: "unionpay:99" },
      { range: "7d", subcause: "unmapped" },
      { range: "7d", release: "5.1" },
      { range: "7d", issuer: "621700" },
    ],
  },
  "/failure-rates/series": {
    queries: [
      { range: "7d" },
      { range: "24h", bucket: "hour" },
      { range: "30d" },
      { range: "30d", merchant },
    ],
  },
  "/trainings": { queries: [{}, { store }] },
  "/parties": { queries: [{ by: "issuer" }, { by: "acquirer", range: "30d" }, { by: "operator", store }] },
  "/verdict-ratios": one,
  "/speeds": {
    queries: [
      { by: "issuer", range: "30d" },
      { by: "store", region },
    ],
  },
  "/stores/{id}/coaching": { path: { id: store }, queries: [{ range: "30d" }] },
}

const variants = (): Record<string, Variants> => ({
  ...tables,
  ...causes,
  "/account": one,
  "/account/sessions": one,
  "/account-links/{token}": { path: { token: linkToken }, queries: [{}] },
  "/acquirers": one,
  "/approvals": { queries: [{}, { model: "1" }] },
  "/approvals/proposals": one,
  "/audit": { queries: [{ limit: "50" }, { action: "terminal.moved" }, { by: "7" }] },
  "/audit/export": { queries: [{ format: "csv", action: "terminal.moved" }] },
  "/audit/facets": one,
  "/data-quality": one,
  "/flags/{id}": { path: { id: "1" }, queries: [{}] },
  "/rehearsals": one,
  "/rules": one,
  "/flags": { queries: [{ status: "open" }, { status: "open", kind: "maintenance", sort: "since" }] },
  "/group-mappings": one,
  "/import-profiles": one,
  "/imports": one,
  "/imports/{id}": byId(importId),
  "/imports/{id}/rejected": byId(importId),
  "/imports/{id}/results": byId(importId),
  "/imports/{id}/results/csv": byId(importId),
  "/keys": one,
  "/league": {
    queries: [...leagueGroupings.map((by) => ({ by })), { by: "model", from: daysAgo(40), to: daysAgo(10) }],
  },
  "/remote-actions": { queries: [{ state: "asked" }, { terminal }] },
  "/maintenance-windows": { queries: [{}, { state: "past" }, { terminal }] },
  "/merchants": { queries: [{}, { q: "12" }] },
  "/merchants/{id}": byId(merchant),
  "/models": one,
  "/models/{id}": byId("1"),
  "/openapi.json": one,
  "/organisation": one,
  "/overview": { queries: rangeNames.map((range) => ({ range })) },
  "/places": {
    queries: [{ kind: "stores" }, { kind: "stores", q: "Store 12" }, { kind: "regions", merchant }],
  },
  "/quarantine": { queries: [{}, { code: "unknown_terminal" }, { state: "resolved" }] },
  "/quarantine/{id}": byId("1"),
  "/quarantine/terminals": one,
  "/regions": one,
  "/regions/{id}": byId(region),
  "/releases": one,
  "/releases/{id}/rollout": byId("2"),
  "/reports/weekly/{week}": { path: { week: week() }, queries: [{ figures: "now" }, {}] },
  "/reports/weekly/{week}/csv": { path: { week: week() }, queries: [{ lang: "en" }] },
  "/stores": { queries: [{}, { q: "Store 12" }, { lacks: "sales" }] },
  "/stores/{id}": byId(store),
  "/suppliers": one,
  "/terminals/{id}": byId(terminal),
  "/terminals/{id}/records": byId(terminal),
  "/terminals/{id}/trend": { path: { id: terminal }, queries: [{ days: "30" }] },
  "/terminals/export": { queries: [{ format: "csv" }] },
  "/terminals/facets": one,
  "/users": one,
  "/users/{id}": one,
})

/** The names of all GET routes: those of the API's description, and the description. */
export const readsOf = (routes: Parameters<typeof operationsOf>[0]): string[] => [
  ...operationsOf(routes)
    .filter(({ method }) => method === "GET")
    .map(({ name }) => name),
  "GET /api/v1/openapi.json",
]

/** The calls to measure of these routes. A route that has none, and a call of no route, is an error. */
export function samplesOf(names: readonly string[], userId: string): Sample[] {
  const known = new Map(Object.entries(variants()).map(([path, value]) => [`GET /api/v1${path}`, value]))
  const missing = names.filter((name) => !known.has(name))
  if (missing.length > 0) throw new Error(`add to tests/bench/read/samples.ts: ${missing.join(", ")}`)
  const gone = [...known.keys()].filter((name) => !names.includes(name))
  if (gone.length > 0) throw new Error(`no route any more: ${gone.join(", ")}`)
  return names.flatMap((name) => {
    const { path = { id: userId }, queries } = known.get(name) ?? one
    return queries.map((query) => ({ name, query, path }))
  })
}

export const addressOf = ({ name, query, path = {} }: Sample): string => {
  const filled = name.replace(/^GET /, "").replaceAll(/\{(\w+)\}/g, (_, field: string) => path[field] ?? "")
  const search = new URLSearchParams(query).toString()
  return search === "" ? filled : `${filled}?${search}`
}

/** How a table names the call. */
export const titleOf = ({ name, query }: Sample): string =>
  `${name.replace(/^GET \/api\/v1/, "")} ${new URLSearchParams(query).toString()}`.trim()
