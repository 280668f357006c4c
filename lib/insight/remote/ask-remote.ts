import type { Db } from "@/lib/base/db/transaction"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { defaultIntervalSeconds } from "@/lib/fleet/terminals/interval"
import { waitSeconds, type RemoteAction, type RemoteState } from "@/lib/insight/flags/remote-words"
import type { RuleName } from "@/lib/insight/flags/words"
import { endOfFlags, insertActions, intervalsOf } from "@/lib/insight/remote/sql"

type Flagged = { id: number; rule: RuleName; terminal_id: number | null; store_id: number | null }
type Asking = { action: RemoteAction; by: string; at: Date }

/** Asks for an action at the terminals of flags. What was asked for before and has not ended expires. */
export async function askRemote(db: Db, flags: readonly Flagged[], asking: Asking): Promise<void> {
  const terminalIds = flags.flatMap((flag) => flag.terminal_id ?? [])
  const intervals = new Map((await intervalsOf(db, terminalIds)).map(({ id, seconds }) => [id, seconds]))
  const waitOf = ({ rule, terminal_id: id }: Flagged) =>
    waitSeconds(rule, intervals.get(id ?? 0) ?? defaultIntervalSeconds)
  await endPending(db, { flagIds: flags.map(({ id }) => id), state: "expired", at: asking.at })
  await insertActions(
    db,
    flags.map((flag) => ({ ...flag, wait_seconds: waitOf(flag) })),
    asking,
  )
  // The rounds learn until when it is to be judged.
  await noteTerminals(db, terminalIds)
}

/** Ends what is pending of flags, because somebody has found out more. */
export const endPending = (
  db: Db,
  ending: { flagIds: readonly number[]; state: RemoteState; at: Date },
): Promise<unknown> => endOfFlags(db, ending)
