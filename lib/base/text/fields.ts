import { z } from "zod"
import { holdsPan } from "@/lib/base/text/pan"

// PostgreSQL's text cannot store NUL or half a surrogate pair.
export const storable = (text: string) => !text.includes("\0") && text.isWellFormed()
export const unstorable = { error: "holds characters that cannot be stored" }
export const cardSuspected = { error: "holds what looks like a full card number" }
export const text = (longest: number) => z.string().max(longest).refine(storable, unstorable)

const withoutPan = (longest: number, mayBeDigits: (written: string) => boolean) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine(storable, unstorable)
    .refine((written) => mayBeDigits(written) || !holdsPan(written), cardSuspected)

/** Text that people enter in master data: names, codes, notes. Card numbers are refused here too. */
export const writtenText = (longest: number) => withoutPan(longest, () => false)

const internationalNumber = /^\+(?:[ ().-]*\d){6,15}$/

export const isInternationalNumber = (written: string): boolean => internationalNumber.test(written)

/**
 * A telephone number. One in ten with thirteen digits has a valid check digit, so a plus and at most fifteen
 * digits are not treated as a card number.
 */
export const phone = (longest: number) => withoutPan(longest, isInternationalNumber)

/** An identifier: serial number, TID, transaction id. */
export const identifier = text(64).min(1)
export const shortText = text(64)

/** RFC 3339 with an offset. */
export const instant = z.iso.datetime({
  offset: true,
  error: "a time with an offset, such as 2026-11-24T09:30:00+08:00",
})

/** A date that PostgreSQL accepts. It has no year 0. */
export const calendarDay = z.iso
  .date()
  .refine((day) => day >= "0001-01-01", { error: "a day such as 2026-11-24" })

const isInstant = (at: string) => !Number.isNaN(Date.parse(at))
const [earliest, latest] = [Date.parse("0001-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")]
// PostgreSQL accepts offsets below 16 hours.
const farOffset = /[+-](1[6-9]|2\d):\d\d$/

/** An instant with a four-digit year in UTC and an offset that PostgreSQL accepts. */
export const calendarInstant = instant
  .refine((at) => Date.parse(at) >= earliest && Date.parse(at) <= latest, {
    error: "a time of the years 1 to 9999",
  })
  .overwrite((at) => (farOffset.test(at) && isInstant(at) ? new Date(at).toISOString() : at))

/** The id of a row, as in a URL. */
export const writtenId = z.coerce.number().int().positive()

/** Ids of rows in a URL, with commas between them. */
export const writtenIds = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}(,\d{1,15})*$/)
    .transform((ids) => ids.split(",").map(Number))
    .pipe(z.array(z.number()).max(most))

/** A cursor from a list, with space for the longest name that a list is sorted by. */
export const writtenCursor = z.string().max(1500)

/** Search text: a part of a name or code. */
export const searched = (longest: number) => z.string().trim().max(longest).refine(storable, unstorable)

export const cumulative = z.int().min(0)
export const percent = z.number().min(0).max(100)
