import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { at } from "@/tests/support/fold-sales"

export const daySeconds = 86_400

export type Sold = { issuer_bin?: string; scheme?: string; entry_mode: string; card_ref: string }
export const sold: Sold[] = [
  { issuer_bin: "622202", scheme: "UnionPay", entry_mode: "chip", card_ref: "a" },
  { issuer_bin: "999999", scheme: "UnionPay", entry_mode: "chip", card_ref: "b" },
  { issuer_bin: "999999", scheme: "Visa", entry_mode: "chip", card_ref: "c" },
  { entry_mode: "contactless", card_ref: "d" },
  { entry_mode: "ecommerce", card_ref: "e" },
]

/** One of each, a day counted back from yesterday. */
export const sales = (terminalId: number, daysBack: number, mark: string) =>
  sold.map((one, i) => ({
    ...one,
    terminal_id: terminalId,
    at: at(600 * i - daysBack * daySeconds),
    id: `${mark}${i}`,
    outcome: "approved",
    operator: i % 2 === 0 ? "anna" : null,
  }))

/** A store with one terminal. */
export async function givenOneTerminal() {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const { terminalId } = await givenTerminal(orgId, { storeId })
  return { orgId, storeId, terminalId }
}
