export const blockLength = 64 * 1024
/** A text without a place to cut is collected up to this length. It is no table. */
const longest = 4 * blockLength

const [beyondAscii, lastByte] = [0x80, 0xff]
const lineEnds = ["\n", "\r"]
const delimiters = [",", ";"]

/** A letter that is no hexadecimal digit and begins no escape, so that it is never part of a card number. */
const isPlainLetter = (at: number): boolean => /[g-tv-z]/i.test(String.fromCharCode(at))

/** The end of the last pipe that is a character of its own: Chinese encodings have its byte in others. */
function endOfPipe(text: string): number {
  for (let at = text.lastIndexOf("|"); at > 0; at = text.lastIndexOf("|", at - 1)) {
    const before = text.charCodeAt(at - 1)
    if (before < beyondAscii || before > lastByte) return at + 1
  }
  return text.startsWith("|") ? 1 : 0
}

/** The end of the last two letters. The first may be half of a digit in full width, the second is not. */
function endOfLetters(text: string): number {
  for (let at = text.length - 1; at > 0; at -= 1)
    if (isPlainLetter(text.charCodeAt(at)) && isPlainLetter(text.charCodeAt(at - 1))) return at + 1
  return 0
}

/** The start of the text after which no card number of before goes on; its length if there is none. */
function firstBreak(text: string, isTabbed: boolean): number {
  const at = text.search(isTabbed ? /[\n\r,;\t]|[g-tv-z]{2}/i : /[\n\r,;]|[g-tv-z]{2}/i)
  return at === -1 ? text.length : at
}

/**
 * The end of the last whole line, or else of the last cell, or else of a word. Zero if a card number could be
 * anywhere: a blank or a digit is never a place to cut.
 */
function cutAt(text: string, isTabbed: boolean): number {
  for (const end of lineEnds) {
    const at = text.lastIndexOf(end)
    if (at >= 0) return at + 1
  }
  const ends = (isTabbed ? [...delimiters, "\t"] : delimiters).map((end) => text.lastIndexOf(end) + 1)
  return Math.max(...ends, endOfPipe(text)) || endOfLetters(text)
}

/** Takes blocks from the start of a text such that no card number is in two of them. */
export class Blocks {
  readonly #isTabbed: boolean
  /** The block before was longer than any line, and a card number may go on in this one. */
  #goesOn = false

  constructor(isTabbed: boolean) {
    this.#isTabbed = isTabbed
  }

  /** The next block and where it ends. The end is zero if more text is needed. */
  next(text: string): { text: string; end: number } {
    const end = cutAt(text, this.#isTabbed)
    if (end > 0) return { text: this.last(text.slice(0, end)), end }
    if (text.length < longest && !this.#goesOn) return { text: "", end: 0 }
    this.#goesOn = true
    return { text: "*".repeat(text.length), end: text.length }
  }

  /** The length from which a block is looked for again. Text that was not cut is not read for each part. */
  due(length: number): number {
    return length < blockLength ? blockLength : length + blockLength
  }

  /** The last block. */
  last(text: string): string {
    if (!this.#goesOn) return text
    this.#goesOn = false
    const from = firstBreak(text, this.#isTabbed)
    return "*".repeat(from) + text.slice(from)
  }
}
