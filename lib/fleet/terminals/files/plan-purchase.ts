import type { Known, KnownTerminal } from "@/lib/fleet/terminals/files/known"
import { Refused, type Change } from "@/lib/fleet/terminals/files/row-error"
import {
  changedPurchase,
  noPurchase,
  refusePurchase,
  type Purchase,
} from "@/lib/fleet/terminals/purchase/purchase"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"

/** The purchase after the row. Null if the row does not mention it. */
export function planPurchase(
  { supplier: name, boughtOn, warrantyUntil }: TerminalEntry,
  terminal: KnownTerminal | undefined,
  known: Known,
  makesMissing: boolean,
): Purchase | null {
  if (name === undefined && boughtOn === undefined && warrantyUntil === undefined) return null
  const before = terminal ?? noPurchase
  const found = name === undefined ? undefined : known.suppliers.get(name)
  if (name !== undefined && !found && !makesMissing)
    throw new Refused("unknown_supplier", "supplier", "unknown supplier: add it under Suppliers first", {
      value: name,
    })
  if (found && !found.isSupplier && before.supplier?.name !== name)
    throw new Refused(
      "not_a_supplier",
      "supplier",
      "this is only a manufacturer: mark it as a supplier under Suppliers",
      { value: found.name },
    )
  const seller = found ?? (name === undefined ? undefined : { name, warrantyMonths: null })
  const purchase = changedPurchase(before, { supplier: seller, boughtOn, warrantyUntil })
  const refusal = refusePurchase(purchase)
  if (refusal !== null)
    throw new Refused("warranty_before_purchase", "warrantyUntil", refusal, {
      value: purchase.warrantyUntil,
      other: purchase.boughtOn,
    })
  return purchase
}

export const purchaseChanges = (before: Purchase, after: Purchase): Change[] =>
  (
    [
      ["supplier", before.supplier?.name ?? null, after.supplier?.name ?? null],
      ["boughtOn", before.boughtOn, after.boughtOn],
      ["warrantyUntil", before.warrantyUntil, after.warrantyUntil],
    ] as const
  ).flatMap(([field, from, to]) => (from === to ? [] : [{ field, from, to }]))
