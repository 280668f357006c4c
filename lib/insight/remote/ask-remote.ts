import type { Db } from "@/lib/base/db/transaction"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import type { RuleName } from "@/lib/insight/flags/words"
import { endOfFlags, insertActions } from "@/lib/insight/remote/sql"
import { waitSecondsOf, type RemoteAction, type RemoteState } from "@/lib/insight/flags/remote-words"

type Flagged = { id: number; rule: RuleName; terminal_id: number | null; store_id: number | null }
type Asking = { action: RemoteAction; by: string; at: Date }

/** Asks for an action at the terminals of flags. One that was asked for before, and has not ended, expires. */
export async function askRemote(db: Db, flags: readonly Flagged[], asking: Asking): Promise<void> {
  await endPending(db, { flagIds: flags.map(({ id }) => id), state: "expired", at: asking.at })
  await insertActions(
    db,
    flags.map((flag) => ({ ...flag, wait_seconds: waitSecondsOf(flag.rule) })),
    asking,
  )
  // The rounds learn until when it is to be judged.
  await noteTerminals(
    db,
    flags.flatMap((flag) => flag.terminal_id ?? []),
  )
}

/** Ends what is pending of flags, because somebody has found out more. */
export const endPending = (
  db: Db,
  ending: { flagIds: readonly number[]; state: RemoteState; at: Date },
): Promise<unknown> => endOfFlags(db, ending)
