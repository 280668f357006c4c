import { createHash } from "node:crypto"

const mark = "sha256:"
const short = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 20)

/**
 * A cell that was hashed before it was stored. `hashOf` gives the same result for it as for the original
 * text.
 */
export const hashedCell = (text: string): string => `${mark}${short(text)}`

export const hashOf = (text: string): string =>
  text.startsWith(mark) ? text.slice(mark.length) : short(text)
