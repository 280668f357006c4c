import type { AuditEntry } from "@/lib/access/audit/record-audit"
import type { Db } from "@/lib/base/db/transaction"
import { removeHelpLinks, setHelpLinks, terminalsWithHelpLink } from "@/lib/fleet/terminals/help-link/sql"
import { newHelpLink } from "@/lib/fleet/terminals/help-link/token"
import type { HelpLinkStep } from "@/lib/fleet/terminals/words"

type Named = { id: number; serial: string }

/**
 * Makes links for terminals without one, replaces links, or removes them. Former links end at once, also
 * those of merged terminals. Returns the audit entries of the terminals that changed.
 */
export async function changeHelpLinks(
  db: Db,
  terminals: readonly Named[],
  step: HelpLinkStep,
): Promise<AuditEntry[]> {
  const ids = terminals.map(({ id }) => id)
  const isOwn = new Map((await terminalsWithHelpLink(db, ids)).map((row) => [row.id, row.is_own]))
  const changed = terminals.filter(({ id }) =>
    step === "make" ? !isOwn.get(id) : step === "renew" || isOwn.has(id),
  )
  if (step !== "make")
    await removeHelpLinks(
      db,
      changed.map(({ id }) => id),
    )
  if (step !== "remove")
    await setHelpLinks(
      db,
      changed.map(({ id }) => ({ terminalId: id, ...newHelpLink() })),
    )
  const action = step === "remove" ? "terminal.helpLinkRemoved" : "terminal.helpLinkMade"
  return changed.map(({ id, serial }) => ({ action, subject: { kind: "terminal", id, name: serial } }))
}
