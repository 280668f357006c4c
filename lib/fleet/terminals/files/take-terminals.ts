import { organisationZone } from "@/lib/access/organisation/own-organisation"
import type { Db } from "@/lib/base/db/transaction"
import { lockMasterData } from "@/lib/fleet/changes/lock-master-data"
import { noteStores, noteTerminals } from "@/lib/fleet/changes/note-changes"
import {
  applyDryRun,
  recordDryRun,
  tidKey,
  type DryRunChanges,
  type Known,
  type KnownStore,
} from "@/lib/fleet/terminals/files/known"
import {
  knownAcquirers,
  knownModels,
  knownRegions,
  knownStores,
  knownTerminals,
  relabel,
  releaseTids,
  updateStores,
  tidHolders,
} from "@/lib/fleet/terminals/files/known-sql"
import { planTerminals, type GivenRow, type RowPlan } from "@/lib/fleet/terminals/files/plan-terminals"
import { upsertPlaces, upsertTerminalRows } from "@/lib/fleet/terminals/files/upsert-sql"
import { ownPlaceholderTest } from "@/lib/fleet/terminals/own-placeholders"
import {
  addSellers,
  lockSerials,
  knownSellers,
  setPurchases,
} from "@/lib/fleet/terminals/purchase/purchase-sql"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"

type Earlier = Pick<Known, "lines" | "tidLines">

type Take = {
  rows: readonly GivenRow[]
  /** The lines before this slice. */
  earlier: Earlier
  makesMissing: boolean
  /** For a dry run: what earlier slices would have written. This slice adds its own. */
  dryRun: DryRunChanges | null
}

/**
 * Adds or changes terminals by serial number, with their places, and returns the outcome of each row.
 * `dryRun` makes it a dry run. Fields that a row leaves out stay. Runs in the caller's transaction.
 */
export async function takeTerminals(
  db: Db,
  { rows, earlier, makesMissing, dryRun }: Take,
): Promise<RowPlan[]> {
  if (rows.length === 0) return []
  if (!dryRun) {
    await lockMasterData(db)
    const bought = rows.filter(({ entry }) => hasPurchase(entry))
    if (bought.length > 0)
      await lockSerials(
        db,
        bought.map(({ entry }) => entry.serial),
      )
  }
  const known = await lookUp(db, rows, earlier)
  if (dryRun) applyDryRun(known, dryRun)
  const plans = planTerminals(rows, known, makesMissing)
  if (dryRun) recordDryRun(dryRun, known)
  else await write(db, plans, known)
  return plans
}

const hasPurchase = ({ supplier, boughtOn, warrantyUntil }: TerminalEntry): boolean =>
  Boolean(supplier ?? boughtOn ?? warrantyUntil)

const distinct = (texts: (string | null | undefined)[]): string[] => [
  ...new Set(texts.filter((text) => text != null)),
]

async function lookUp(db: Db, rows: readonly GivenRow[], { lines, tidLines }: Earlier): Promise<Known> {
  const entries = rows.map(({ entry }) => entry)
  const terminals = await knownTerminals(
    db,
    entries.map(({ serial }) => serial),
  )
  const stores = await knownStores(db, {
    codes: distinct([...entries.map(({ store }) => store), ...terminals.map(({ store }) => store)]),
    names: distinct(entries.map(({ store, storeName }) => (store === undefined ? storeName : undefined))),
  })
  const regions = await knownRegions(
    db,
    distinct([...entries.map(({ merchant }) => merchant), ...stores.map(({ merchant }) => merchant)]),
  )
  const acquirers = await knownAcquirers(db, distinct(entries.map(({ acquirer }) => acquirer)))
  const holders = await tidHolders(db, distinct(entries.map(({ tid }) => tid)))
  return {
    terminals: new Map(terminals.map((terminal) => [terminal.serial, terminal])),
    stores: new Map(stores.map((store) => [store.code, store])),
    merchants: new Set(regions.map(({ merchant }) => merchant)),
    regions: new Set(regions.map(({ merchant, region }) => `${merchant}\0${region ?? ""}`)),
    models: new Set(
      (await knownModels(db, distinct(entries.map(({ model }) => model)))).map(({ name }) => name),
    ),
    // A code takes precedence over another acquirer's name.
    acquirers: new Map([
      ...acquirers.map(({ code, name }) => [name, code] as const),
      ...acquirers.map(({ code }) => [code, code] as const),
    ]),
    suppliers: new Map(
      (await knownSellers(db, distinct(entries.map(({ supplier }) => supplier)))).map((seller) => [
        seller.name,
        seller,
      ]),
    ),
    holders: new Map(holders.map(({ acquirer, tid, serial }) => [tidKey(acquirer, tid), serial])),
    isPlaceholder: await ownPlaceholderTest(db),
    lines,
    tidLines,
    timeZone: await organisationZone(db),
    touched: new Map<string, KnownStore>(),
    released: new Set<string>(),
  }
}

async function write(db: Db, plans: readonly RowPlan[], known: Known): Promise<void> {
  const entries = plans.flatMap(({ outcome, entry }) => (entry && outcome !== "unchanged" ? [entry] : []))
  if (entries.length === 0) return
  // The last row of a store decides the store's values.
  const rows = JSON.stringify(
    entries.map((entry) => {
      const store = entry.store === undefined ? undefined : known.stores.get(entry.store)
      return store
        ? {
            ...entry,
            merchant: store.merchant,
            region: store.region,
            storeName: store.name,
            timeZone: store.timeZone,
            address: store.address,
            openingHours: store.openingHours,
          }
        : entry
    }),
  )
  await upsertPlaces(db, rows)
  if (known.touched.size > 0) {
    const stores = await updateStores(db, [...known.touched.values()])
    await noteStores(
      db,
      stores.map(({ id }) => id),
    )
  }
  const released = await releaseTids(db, rows)
  const { touched } = await upsertTerminalRows(db, rows)
  await noteTerminals(db, [...released.map(({ id }) => id), ...touched])
  if (entries.some(({ labels }) => labels !== undefined)) await relabel(db, rows)
  const bought = entries.filter(hasPurchase)
  if (bought.length > 0) {
    await addSellers(db, distinct(bought.map(({ supplier }) => supplier)))
    await setPurchases(db, bought)
  }
}
