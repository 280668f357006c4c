import { addDays, type Day } from "@/lib/base/time/zone"

/** The day that the engine's number stands for. */
export const dayOf = (number: number): Day => addDays("1970-01-01", number)
