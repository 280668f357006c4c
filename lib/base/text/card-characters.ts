/** The meaning of a character in a card number: its value if it is a digit, or one of these kinds. */
export const dropped = 10
export const blank = 11
export const dash = 12
export const dot = 13
export const slash = 14
export const underscore = 15
export const other = 16
/** A character that represents several others, such as ⑫. */
export const several = 17

const decimalDigit = /^\p{Nd}$/u
const invisible = /^[\p{Cf}\p{Cc}\p{Mn}\p{Me}\p{DI}]$/u
const spaces = /^[\p{Z}\t\n\r\v\f\u0085]$/u
const dashes = /^[\p{Pd}\u2212]$/u
const connectors = /^\p{Pc}$/u
const dots = /^[.\u00b7\u2022\u2024\u2027\u30fb\u3002]$/u

/** Unicode has decimal digits in rows of ten, from 0 to 9. */
function digitValue(codePoint: number): number {
  let first = codePoint
  while (decimalDigit.test(String.fromCodePoint(first - 1))) first -= 1
  return (codePoint - first) % 10
}

function kindOf(character: string): number {
  if (decimalDigit.test(character)) return digitValue(character.codePointAt(0) ?? 0)
  if (spaces.test(character)) return blank
  if (dashes.test(character)) return dash
  if (dots.test(character)) return dot
  if (character === "/" || character === "\u2044" || character === "\u2215") return slash
  if (connectors.test(character)) return underscore
  return invisible.test(character) ? dropped : other
}

/** Kinds by code point, each plus one; 0 is a character that was not looked up yet. */
const kinds = new Uint8Array(0x11_0000)
const expansions = new Map<number, readonly number[]>()

/** The kind of a character, of any width and script. */
export function characterKind(codePoint: number): number {
  const kept = kinds[codePoint] ?? 0
  if (kept > 0) return kept - 1
  const plain = [...String.fromCodePoint(codePoint).normalize("NFKC")].map(kindOf)
  const [only = other] = plain
  const kind = plain.length === 1 ? only : several
  if (kind === several) expansions.set(codePoint, plain)
  kinds[codePoint] = kind + 1
  return kind
}

/** The kinds of the characters that a character of the kind `several` represents. */
export const kindsWithin = (codePoint: number): readonly number[] => expansions.get(codePoint) ?? []

/** Kinds of ASCII characters, which most records consist of. */
export const asciiKinds = Uint8Array.from({ length: 128 }, (_, code) => characterKind(code))
