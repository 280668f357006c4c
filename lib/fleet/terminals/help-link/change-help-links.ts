import type { AuditEntry } from "@/lib/access/audit/record-audit"
import type { Db } from "@/lib/base/db/transaction"
import { removeHelpLinks, setHelpLinks, terminalsWithHelpLink } from "@/lib/fleet/terminals/help-link/sql"
import { newHelpLink } from "@/lib/fleet/terminals/help-link/token"
import type { HelpLinkStep } from "@/lib/fleet/terminals/words"

type Named = { id: number; serial: string }

/**
 * Makes links for terminals without one, replaces links, or removes them. Former links end at once. Returns
 * the audit entries of the terminals that changed.
 */
export async function changeHelpLinks(
  db: Db,
  terminals: readonly Named[],
  step: HelpLinkStep,
): Promise<AuditEntry[]> {
  const ids = terminals.map(({ id }) => id)
  const having = new Set((await terminalsWithHelpLink(db, ids)).map(({ id }) => id))
  const changed = terminals.filter(({ id }) => step === "renew" || having.has(id) === (step === "remove"))
  if (step === "remove")
    await removeHelpLinks(
      db,
      changed.map(({ id }) => id),
    )
  else
    await setHelpLinks(
      db,
      changed.map(({ id }) => ({ terminalId: id, ...newHelpLink() })),
    )
  const action = step === "remove" ? "terminal.helpLinkRemoved" : "terminal.helpLinkMade"
  return changed.map(({ id, serial }) => ({ action, subject: { kind: "terminal", id, name: serial } }))
}
