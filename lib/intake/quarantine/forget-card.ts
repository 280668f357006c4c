import { ownCardRef, rotationDays } from "@/lib/intake/imports/cards/card-ref"
import { keptObject } from "@/lib/intake/ingest/kept"
import { textOf, type Replay } from "@/lib/intake/quarantine/replay-text"

const dayMs = 86_400_000

/** Removes a card reference that was made here and whose time is over. Tokens from senders stay. */
export function forgetCard(row: Replay, now: Date): Replay {
  if (now.getTime() - row.received_at.getTime() <= rotationDays * dayMs) return row
  const record = row.kind === "transaction" ? keptObject(textOf(row)) : null
  const { cardRef, ...rest } = record ?? {}
  return typeof cardRef === "string" && cardRef.startsWith(ownCardRef)
    ? { ...row, sent: JSON.stringify(rest) }
    : row
}
