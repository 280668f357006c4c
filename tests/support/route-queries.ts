import { routes } from "@/app/api/v1/openapi.json/routes"
import { groupings } from "@/lib/insight/rates/words"
import { readsOf, samplesOf } from "@/tests/bench/read/samples"
import { idOf } from "@/tests/support/tables/place"
import { b, foreign, other, own } from "@/tests/support/two-organisations"

const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
/** A range of the last days, as a query. */
export const range = () => `from=${hoursFromNow(-72)}&to=${hoursFromNow(1)}`

/** More queries for routes whose answer depends on them. */
const queries: Record<string, () => string[]> = {
  "/api/v1/failure-rates": () =>
    groupings.flatMap((groupBy) =>
      ["", `&store=${idOf(other, "store")}`, `&store=${idOf(foreign, "store")}`].map(
        (filter) => `?${range()}&groupBy=${groupBy}${filter}`,
      ),
    ),
  "/api/v1/failure-rates/matrix": () =>
    ["cause", "issuer"].map((groupBy) => `?${range()}&groupBy=${groupBy}`),
  "/api/v1/failure-concentration": () => [`?${range()}&store=${idOf(foreign, "store")}`],
  "/api/v1/parties": () => [`?${range()}&by=operator`],
  "/api/v1/speeds": () => [`?${range()}&by=store`, `?${range()}&by=issuer`],
  "/api/v1/failed-sales": () => [
    `?${range()}&store=${idOf(foreign, "store")}`,
    `?${range()}&terminal=${idOf(other, "terminal")}`,
  ],
  "/api/v1/failure-rates/series": () => ["hour", "day"].map((bucket) => `?${range()}&bucket=${bucket}`),
  "/api/v1/availability": () => [
    "?range=7d",
    `?terminal=${idOf(other, "terminal")}`,
    `?store=${idOf(other, "store")}`,
  ],
  "/api/v1/lost-sales": () => [
    "?range=7d",
    `?terminal=${idOf(other, "terminal")}`,
    `?groupBy=terminal&store=${idOf(other, "store")}`,
  ],
  "/api/v1/terminals": () => [
    "?q=serial",
    "?flagged=true",
    `?store=${idOf(other, "store")}`,
    `?model=${idOf(b, "model")}`,
    "?sort=rate&order=desc",
  ],
  "/api/v1/flags": () => [
    "?status=open",
    "?status=closed",
    "?q=serial",
    `?terminal=${idOf(other, "terminal")}`,
  ],
  "/api/v1/overview": () => ["?range=24h", "?range=30d"],
}

/** The queries to read a route with. */
export const queriesOf = (path: string): string[] => ["", ...(queries[path]?.() ?? [])]

const numbered = ["store", "terminal", "merchant", "region", "model"] as const

/** The queries of `queriesOf`, and those that the benchmark of reading measures, with ids of `own`. */
export const allQueriesOf = (path: string): string[] => {
  const ids: Record<string, string> = Object.fromEntries(
    numbered.map((name) => [name, String(idOf(own, name))]),
  )
  const sampled = samplesOf(readsOf(routes), "someone")
    .filter(({ name }) => name === `GET ${path.replaceAll("[", "{").replaceAll("]", "}")}`)
    .map(({ query }) =>
      new URLSearchParams(
        Object.entries(query).map(([name, value]) => [name, ids[name] ?? value]),
      ).toString(),
    )
  return [...new Set([...queriesOf(path), ...sampled.map((query) => (query === "" ? "" : `?${query}`))])]
}
