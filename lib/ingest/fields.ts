import { z } from "zod"

// PostgreSQL's text holds neither NUL nor half a surrogate pair.
export const storable = (text: string) => !text.includes("\0") && text.isWellFormed()
export const text = (longest: number) => z.string().max(longest).refine(storable, { error: "holds characters that cannot be stored" })

/** A name of a thing: serial number, TID, transaction id. */
export const identifier = text(64).min(1)
export const shortText = text(64)

/** RFC 3339 with an offset. */
export const instant = z.iso.datetime({ offset: true, error: "a time with an offset, such as 2026-11-24T09:30:00+08:00" })

export const cumulative = z.int().min(0)
export const percent = z.number().min(0).max(100)
export const measure = z.number().min(-1e9).max(1e9)
