/** One record of a body. */
export type RawRecord = {
  /** Its position in the body. */
  index: number
  text: string
  /**
   * Parses the text. The value is not kept, because many records wait for a commit and values take much
   * memory.
   */
  parse: (text: string) => unknown
  /**
   * Set if its bytes are ASCII without escapes and without long rows of digits. Then it holds no card number,
   * and its texts hold no control characters.
   */
  isPlain?: boolean
}

/** The parsed value of a record's text; undefined if the text is not complete. */
export function valueOf({ text, parse }: RawRecord): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** The longest record of the contract, in bytes. */
export const longestRecord = 64 * 1024

/** A record whose text is not complete or not UTF-8. */
export const unreadable = (text: string): RawRecord => ({ index: 0, text, parse: () => undefined })
