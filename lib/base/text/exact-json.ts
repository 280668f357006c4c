import { holdsPan } from "@/lib/base/text/pan"

/** A double keeps up to this many digits exactly. */
const longestExact = 15

// A number of sixteen characters whose digits are mostly whole, or one with an exponent.
const mayLoseDigits = /[:[,]\s*-?\d(?:\d{11}[\d.eE+-]{4}|\d*\.\d+[eE])/
// In valid JSON, both alternatives match whole tokens, so no text is scanned twice.
const stringsAndNumbers = /"(?:[^"\\]|\\[^])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const wholeNumber = /^-?\d+$/

/** Whether a whole number would lose digits of its source. */
export const isLongNumber = (source: string): boolean =>
  source.length > longestExact && wholeNumber.test(source) && source.replace("-", "").length > longestExact

/**
 * Whether a JSON number is kept as text with all its digits: if it is a long whole number, or if it is a
 * card number that was written with an exponent or a fraction and would be rounded before it is found.
 */
export const isKeptAsText = (source: string): boolean =>
  source.length > longestExact && (isLongNumber(source) || holdsPan(source, { json: true }))

/** Like `JSON.parse`, but numbers that would lose digits of an id or a card number become text. */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return mayLoseDigits.test(text)
    ? JSON.parse(
        text.replaceAll(stringsAndNumbers, (token) =>
          token.startsWith('"') || !isKeptAsText(token) ? token : `"${token}"`,
        ),
      )
    : value
}
