import type { Claimed } from "@/lib/intake/quarantine/sql"

/** A claimed record, and the text to send if it is another one. A file's record may be older than others. */
export type Replay = Claimed & { sent?: string; isFromFile?: boolean }

export const textOf = ({ sent, correction, record }: Replay): string => sent ?? correction ?? record
