/** A double keeps up to this many digits exactly. */
const longestExact = 15

const mayHoldLongNumber = /[:[,]\s*-?\d{16}/
// In valid JSON, both alternatives match whole tokens, so no text is scanned twice.
const stringsAndNumbers = /"(?:[^"\\]|\\[^])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const wholeNumber = /^-?\d+$/

/** Whether a number would lose digits of its source. */
export const isLongNumber = (source: string): boolean =>
  source.length > longestExact && wholeNumber.test(source) && source.replace("-", "").length > longestExact

/** Like `JSON.parse`, but whole numbers of more than 15 digits become text with all digits. */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return mayHoldLongNumber.test(text)
    ? JSON.parse(text.replaceAll(stringsAndNumbers, (token) => (isLongNumber(token) ? `"${token}"` : token)))
    : value
}
