import type { RemoteState } from "@/lib/insight/flags/remote-words"

/** An action that has not ended. Instants are milliseconds since 1970. */
export type Pending = { state: "asked" | "taken"; askedAt: number; dueAt: number }

type Seen = {
  /** Whether the condition of its flag was gone when the terminal was last evaluated. */
  isGone: boolean
  lastBeatAt: number | null
  now: number
}

/** How an action ended. Null while it may still help: only a later heartbeat can tell. */
export function outcomeOf(
  { state, askedAt, dueAt }: Pending,
  { isGone, lastBeatAt, now }: Seen,
): Extract<RemoteState, "helped" | "did_not_help" | "expired"> | null {
  if (isGone && lastBeatAt !== null && lastBeatAt > askedAt) return "helped"
  if (now < dueAt) return null
  return state === "taken" ? "did_not_help" : "expired"
}
