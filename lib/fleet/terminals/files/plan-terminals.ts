import { tidKey, type Known, type KnownTerminal } from "@/lib/fleet/terminals/files/known"
import { planPurchase, purchaseChanges } from "@/lib/fleet/terminals/files/plan-purchase"
import { leftOut, planStore, recordStore, type PlannedStore } from "@/lib/fleet/terminals/files/plan-store"
import {
  planStatus,
  planTid,
  recordTid,
  releaseTids,
  type PlannedTid,
} from "@/lib/fleet/terminals/files/plan-tid"
import { changed, Refused, type Change, type RowError } from "@/lib/fleet/terminals/files/row-error"
import { placeholderMessage } from "@/lib/fleet/terminals/placeholder"
import { noPurchase, type Purchase } from "@/lib/fleet/terminals/purchase/purchase"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import type { RowOutcome } from "@/lib/fleet/terminals/words"

export type GivenRow = { line: number; entry: TerminalEntry }
export type RowPlan = {
  line: number
  serial: string | null
  outcome: RowOutcome
  changes: Change[]
  refusal: RowError | null
  /** The row with all missing values resolved. Null if the row is refused. */
  entry: TerminalEntry | null
}

/**
 * Plans what each row does to its terminal, in order. Later rows see the effect of earlier ones. A refused
 * row has a reason and does not change `known`.
 */
export const planTerminals = (rows: readonly GivenRow[], known: Known, makesMissing: boolean): RowPlan[] =>
  rows.map((row) => planRow(row, known, makesMissing))

export const refusedRow = (line: number, serial: string | null, refusal: RowError): RowPlan => ({
  line,
  serial,
  outcome: "refused",
  changes: [],
  refusal,
  entry: null,
})

function planRow({ line, entry: given }: GivenRow, known: Known, makesMissing: boolean): RowPlan {
  const { serial } = given
  try {
    if (known.isPlaceholder(serial))
      throw new Refused("placeholder_serial", "serial", placeholderMessage(serial), { value: serial })
    refuseSecondLine(known, serial, line)
    const terminal = known.terminals.get(serial)
    const retires = planStatus(given, terminal)
    const tid = planTid(given, terminal, known, makesMissing)
    const store = planStore(given, terminal, known, makesMissing)
    if (given.model !== undefined && !known.models.has(given.model) && !makesMissing)
      throw new Refused("unknown_model", "model", "unknown model", { value: given.model })
    const purchase = planPurchase(given, terminal, known, makesMissing)
    const planned = { given, retires, tid, store, purchase }
    const changes = changesOf(terminal, planned)
    const outcome = terminal === undefined ? "created" : changes.length > 0 ? "changed" : "unchanged"
    record(known, line, planned)
    return { line, serial, outcome, changes, refusal: leftOut(given, store), entry: entryOf(planned) }
  } catch (error) {
    if (error instanceof Refused) return refusedRow(line, serial, error.refusal)
    throw error
  }
}

function refuseSecondLine(known: Known, serial: string, line: number): void {
  const first = known.lines.get(serial)
  if (first !== undefined)
    throw new Refused("duplicate_serial", "serial", `line ${first} of the file has the same serial number`, {
      value: serial,
      other: first,
    })
  known.lines.set(serial, line)
}

type Planned = {
  given: TerminalEntry
  retires: KnownTerminal["tids"]
  tid: PlannedTid | null
  store: PlannedStore | null
  purchase: Purchase | null
}

const labelText = (labels: readonly string[] | undefined) => labels?.toSorted().join("; ")

const changesOf = (
  terminal: KnownTerminal | undefined,
  { given, retires, tid, store, purchase }: Planned,
): Change[] => [
  ...changed("model", terminal?.model, given.model),
  ...changed("status", terminal?.status, given.status),
  ...changed("store", terminal?.store, store?.after.code),
  ...changed("labels", labelText(terminal?.labels) || null, labelText(given.labels)),
  ...retires.map(({ tid: ended }) => ({ field: "tid", from: ended, to: null })),
  ...(tid && !tid.isHeld ? [{ field: "tid", from: tid.before, to: tid.tid }] : []),
  ...(purchase ? purchaseChanges(terminal ?? noPurchase, purchase) : []),
  ...(store?.changes ?? []),
]

/** Lets later rows see what this row does. */
function record(known: Known, line: number, { given, retires, tid, store, purchase }: Planned): void {
  if (given.model !== undefined) known.models.add(given.model)
  if (purchase?.supplier && !known.suppliers.has(purchase.supplier.name))
    known.suppliers.set(purchase.supplier.name, { ...purchase.supplier, isSupplier: true })
  if (store && (store.changes.length > 0 || !store.after.hasHistory))
    recordStore(known, { ...store.after, hasHistory: true })
  releaseTids(
    known,
    retires.map((ended) => tidKey(ended.acquirer, ended.tid)),
  )
  if (tid && !tid.isHeld) recordTid(known, given.serial, tid)
  if (tid) known.tidLines.set(tid.key, { line, serial: given.serial })
}

const entryOf = ({ given, tid, store, purchase }: Planned): TerminalEntry => ({
  serial: given.serial,
  model: given.model,
  status: given.status,
  labels: given.labels,
  store: store?.after.code,
  ...(tid ? { tid: tid.tid, acquirer: tid.acquirer ?? undefined } : {}),
  ...(purchase
    ? {
        supplier: purchase.supplier?.name,
        boughtOn: purchase.boughtOn ?? undefined,
        warrantyUntil: purchase.warrantyUntil ?? undefined,
      }
    : {}),
})
