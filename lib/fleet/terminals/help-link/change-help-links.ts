import type { AuditEntry } from "@/lib/access/audit/record-audit"
import type { Db } from "@/lib/base/db/transaction"
import { linksOfTerminals, removeHelpLinks, setHelpLinks } from "@/lib/fleet/terminals/help-link/sql"
import { helpLinkUrl, newHelpLink } from "@/lib/fleet/terminals/help-link/token"
import type { HelpLinkStep } from "@/lib/fleet/terminals/words"

type Named = { id: number; serial: string }

/**
 * Makes links for terminals without one, or whose address is no longer known; replaces links; or removes
 * them. Former links end at once, also those of merged terminals. Returns the audit entries of the terminals
 * that changed.
 */
export async function changeHelpLinks(
  db: Db,
  terminals: readonly Named[],
  step: HelpLinkStep,
): Promise<AuditEntry[]> {
  const ids = terminals.map(({ id }) => id)
  const links = await linksOfTerminals(db, ids)
  const linked = new Set(links.map(({ id }) => id))
  const known = new Set(links.filter((link) => link.is_own && helpLinkUrl(link)).map(({ id }) => id))
  const changed = terminals.filter(({ id }) =>
    step === "make" ? !known.has(id) : step === "renew" || linked.has(id),
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
