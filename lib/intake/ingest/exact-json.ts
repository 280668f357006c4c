/** More digits than a double surely keeps. */
const longestExact = 15

const mayHoldLongNumber = /[:[,]\s*-?\d{16}/
// In JSON that has been parsed once, both alternatives take whole tokens: nothing is scanned twice.
const stringsAndNumbers = /"(?:[^"\\]|\\[^])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const wholeNumber = /^-?\d+$/

/** Whether the source of a number has digits that a number would lose. */
export const isLongNumber = (source: string): boolean =>
  source.length > longestExact && wholeNumber.test(source) && source.replace("-", "").length > longestExact

/** As `JSON.parse`, but a whole number of more than 15 digits comes as text, with all of its digits. */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return mayHoldLongNumber.test(text)
    ? JSON.parse(text.replaceAll(stringsAndNumbers, (token) => (isLongNumber(token) ? `"${token}"` : token)))
    : value
}
