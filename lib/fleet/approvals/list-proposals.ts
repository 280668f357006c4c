import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { Proposal, type ProposalList } from "@/lib/fleet/approvals/schemas"

const file = join(process.cwd(), "lib/fleet/approvals/known-dates.tsv")
const Row = z.preprocess((row: Record<string, string>) => {
  const known = Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, cell === "" ? null : cell]),
  )
  return {
    ...known,
    yearsAfterLetter: row["yearsAfterLetter"] ? Number(row["yearsAfterLetter"]) : null,
    note: row["note"] ?? "",
  }
}, Proposal)

/** The shipped list of publicly known dates. A date counts only after somebody adopts it. */
export async function listProposals({ actor }: { actor: Actor }): Promise<ProposalList> {
  requirePermission(actor, "fleet:read")
  const rows: unknown[] = parse(await readFile(file, "utf8"), { columns: true, delimiter: "\t", quote: null })
  return { data: rows.map((row) => Row.parse(row)) }
}
