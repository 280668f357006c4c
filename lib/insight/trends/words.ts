// Apart from the schemas, so that screens can use them without loading zod.

/** What reaches a limit: per cent of a battery and of the storage, kilometres printed, and insertions. */
export const signals = ["battery", "storage", "printer_head", "chip_reader"] as const
export type Signal = (typeof signals)[number]

/** Which bounds of the day at which a limit is reached are known. */
export const boundsOf = ({ early, late }: { early: string | null; late: string | null }) =>
  early === null ? (late === null ? "none" : "late") : late === null ? "early" : "both"
