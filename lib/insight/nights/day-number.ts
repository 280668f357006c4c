import { addDays, daysBetween, type Day } from "@/lib/base/time/zone"

// The engine counts days as whole numbers.

const first = "1970-01-01"
export const numberOf = (day: Day): number => daysBetween(first, day)
export const dayOf = (number: number): Day => addDays(first, number)
