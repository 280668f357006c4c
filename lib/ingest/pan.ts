// A PAN never enters: ISO/IEC 7812 numbers are 13 to 19 digits, begin with a scheme's prefix and end in a
// Luhn check digit. All three must hold, so that serial numbers and amounts pass.

const digitRun = /\d(?:[ -]?\d){12,18}(?![ -]?\d)/g

type Range = { from: number; to: number; digits: number; lengths: readonly number[] }

/** Prefix ranges of the card schemes with their PAN lengths. */
const schemes: readonly Range[] = [
  { from: 4, to: 4, digits: 1, lengths: [13, 16, 19] }, // Visa
  { from: 51, to: 55, digits: 2, lengths: [16] }, // Mastercard
  { from: 2221, to: 2720, digits: 4, lengths: [16] }, // Mastercard
  { from: 34, to: 34, digits: 2, lengths: [15] }, // American Express
  { from: 37, to: 37, digits: 2, lengths: [15] },
  { from: 62, to: 62, digits: 2, lengths: [16, 17, 18, 19] }, // UnionPay
  { from: 81, to: 81, digits: 2, lengths: [16, 17, 18, 19] },
  { from: 6011, to: 6011, digits: 4, lengths: [16, 17, 18, 19] }, // Discover
  { from: 644, to: 659, digits: 3, lengths: [16, 17, 18, 19] },
  { from: 3528, to: 3589, digits: 4, lengths: [16, 17, 18, 19] }, // JCB
  { from: 300, to: 305, digits: 3, lengths: [14, 16, 17, 18, 19] }, // Diners Club
  { from: 36, to: 36, digits: 2, lengths: [14, 16, 17, 18, 19] },
  { from: 38, to: 39, digits: 2, lengths: [14, 16, 17, 18, 19] },
  { from: 50, to: 50, digits: 2, lengths: [13, 14, 15, 16, 17, 18, 19] }, // Maestro
  { from: 56, to: 69, digits: 2, lengths: [13, 14, 15, 16, 17, 18, 19] }, // Maestro, RuPay, Elo and others
  { from: 2200, to: 2204, digits: 4, lengths: [16, 17, 18, 19] }, // Mir
  { from: 9792, to: 9792, digits: 4, lengths: [16] }, // Troy
]

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function isPan(digits: string): boolean {
  const known = schemes.some(({ from, to, digits: length, lengths }) => {
    const prefix = Number(digits.slice(0, length))
    return prefix >= from && prefix <= to && lengths.includes(digits.length)
  })
  return known && passesLuhn(digits)
}

/** Digits hidden as JSON escapes or full-width characters, made plain. */
export const plainDigits = (text: string): string =>
  text
    .replaceAll(/\\u00(3\d)/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

// The expression takes at most 19 digits of a longer run; only a maximal run counts, so what stands
// directly before is looked at too.
function runs(text: string): { start: number; length: number }[] {
  const found = []
  for (const match of text.matchAll(digitRun)) {
    const before = text.slice(Math.max(0, match.index - 2), match.index)
    if (/\d[ -]?$/.test(before)) continue
    if (isPan(match[0].replaceAll(/[ -]/g, ""))) found.push({ start: match.index, length: match[0].length })
  }
  return found
}

/** Whether the text holds what looks like a full card number. */
export const holdsPan = (text: string): boolean => runs(plainDigits(text)).length > 0

/** Replaces all but the first six and last four digits of what looks like a card number. */
export function maskPans(text: string): string {
  const plain = plainDigits(text)
  let masked = plain
  for (const { start, length } of runs(plain)) {
    const run = plain.slice(start, start + length)
    const total = run.replaceAll(/\D/g, "").length
    let seen = 0
    const stars = run.replaceAll(/\d/g, (digit) => ((seen += 1) <= 6 || seen > total - 4 ? digit : "*"))
    masked = masked.slice(0, start) + stars + masked.slice(start + length)
  }
  return masked
}
