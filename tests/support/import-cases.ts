import { givenOrganisation } from "@/tests/support/factories"
import { caseOf, salesOf, takenIn } from "@/tests/support/import-files"

type Given = Parameters<typeof takenIn>[2]

/** Imports a case. Returns its sales by id. */
export async function caseTaken(name: string, given: Given = {}) {
  const org = await givenOrganisation()
  const taken = await takenIn(org, caseOf(name), given)
  const sales = new Map((await salesOf(org)).map((sale) => [sale.id, sale]))
  return { org, ...taken, sales }
}

export const amountsOf = ({ sales }: { sales: Map<string, { amount_minor: number | null }> }) =>
  Object.fromEntries([...sales].map(([id, { amount_minor }]) => [id, amount_minor]))
