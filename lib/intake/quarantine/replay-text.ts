import type { Claimed } from "@/lib/intake/quarantine/sql"

/** A claimed record, and the text to send if it is another one. */
export type Replay = Claimed & { sent?: string }

export const textOf = ({ sent, correction, record }: Replay): string => sent ?? correction ?? record
