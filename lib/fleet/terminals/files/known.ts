import type { OpeningHours } from "@/lib/fleet/stores/opening-hours"
import type { Purchase } from "@/lib/fleet/terminals/purchase/purchase"
import type { KnownSeller } from "@/lib/fleet/terminals/purchase/purchase-sql"
import type { TerminalStatus } from "@/lib/fleet/terminals/words"

export type KnownTerminal = Purchase & {
  serial: string
  model: string | null
  status: TerminalStatus | null
  store: string | null
  labels: string[]
  tids: { acquirer: string | null; tid: string }[]
}
export type KnownStore = {
  code: string
  name: string
  merchant: string | null
  region: string | null
  timeZone: string
  address: string | null
  openingHours: OpeningHours | null
  isUnassigned: boolean
  /** Whether a terminal was ever in it. */
  hasHistory: boolean
}

/** The stored data that a slice's rows are compared with. */
export type Known = {
  terminals: ReadonlyMap<string, KnownTerminal>
  stores: Map<string, KnownStore>
  merchants: Set<string>
  /** By `merchant\0region`. */
  regions: Set<string>
  models: Set<string>
  /** An acquirer's code, by its code and by its name. */
  acquirers: Map<string, string>
  suppliers: Map<string, KnownSeller>
  /** The serial number of the terminal that has a TID, by `tidKey`. */
  holders: Map<string, string>
  isPlaceholder: (name: string) => boolean
  /** The first line of the file with each serial number. */
  lines: Map<string, number>
  tidLines: Map<string, { line: number; serial: string }>
  timeZone: string
  /** Stores that rows have changed so far. */
  touched: Map<string, KnownStore>
  released: Set<string>
}

export const tidKey = (acquirer: string | null, tid: string): string => `${acquirer ?? ""}/${tid}`

/** The changes that a dry run did not write but later slices must see. */
export type DryRunChanges = Pick<
  Known,
  "merchants" | "regions" | "models" | "acquirers" | "suppliers" | "touched" | "released"
>

export const noDryRunChanges = (): DryRunChanges => ({
  merchants: new Set(),
  regions: new Set(),
  models: new Set(),
  acquirers: new Map(),
  suppliers: new Map(),
  touched: new Map(),
  released: new Set(),
})

/** Applies what earlier slices would have written to the stored data. */
export function applyDryRun(known: Known, earlier: DryRunChanges): void {
  for (const store of earlier.touched.values()) known.stores.set(store.code, store)
  for (const merchant of earlier.merchants) known.merchants.add(merchant)
  for (const region of earlier.regions) known.regions.add(region)
  for (const model of earlier.models) known.models.add(model)
  for (const [name, code] of earlier.acquirers) known.acquirers.set(name, code)
  for (const [name, seller] of earlier.suppliers) known.suppliers.set(name, seller)
  for (const key of earlier.released) known.holders.delete(key)
}

/** Remembers what a slice would have written. */
export function recordDryRun(
  earlier: DryRunChanges,
  { merchants, regions, models, acquirers, suppliers, touched, released }: Known,
): void {
  for (const [code, store] of touched) earlier.touched.set(code, store)
  for (const merchant of merchants) earlier.merchants.add(merchant)
  for (const region of regions) earlier.regions.add(region)
  for (const model of models) earlier.models.add(model)
  for (const [name, code] of acquirers) earlier.acquirers.set(name, code)
  for (const [name, seller] of suppliers) earlier.suppliers.set(name, seller)
  for (const key of released) earlier.released.add(key)
}
