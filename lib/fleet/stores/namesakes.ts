import type { Db } from "@/lib/base/db/transaction"
import { storesWithNamesakes } from "@/lib/fleet/stores/sql"

const bar = /\s*[|｜]\s*/

/** A name with a code; one in two languages has it in both. */
export const withCode = (name: string, code: string): string =>
  name
    .split(bar)
    .map((part) => `${part} (${code})`)
    .join(" | ")

/**
 * What to call stores in lists that do not show their merchant or place: those of these stores that share
 * their name with another store have their code beside it.
 */
export async function storeNames(
  db: Db,
  ids: readonly number[],
): Promise<(id: number, name: string) => string> {
  const found = await storesWithNamesakes(db, [...new Set(ids)])
  const codes = new Map(found.map(({ id, code }) => [id, code]))
  return (id, name) => {
    const code = codes.get(id)
    return code === undefined ? name : withCode(name, code)
  }
}
