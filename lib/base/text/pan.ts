// A PAN never enters: ISO/IEC 7812 numbers are 13 to 19 digits, begin with a scheme's prefix and end in a
// Luhn check digit. All three must hold, so that serial numbers and amounts pass.

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

// A scan back from an escape needs no look-behind: escapes are taken in order, so that \\u0034 stays one
// backslash and five letters.
const escapes = /\\(?:u([0-9a-f]{4})|[^])/gi
const significant = /[\d\uFF10-\uFF19 \u00A0\u3000\u2010-\u2015\u2212\uFF0D-]/

/** JSON escapes that hide a digit or a separator, made plain; the text stays the JSON that it was. */
const unescaped = (text: string): string =>
  text.includes("\\")
    ? text.replaceAll(escapes, (escape, code: string | undefined) => {
        const character = code === undefined ? "" : String.fromCharCode(Number.parseInt(code, 16))
        return significant.test(character) ? character : escape
      })
    : text

// One character for one, so that places stay the same.
const asciiDigits = (text: string): string =>
  text
    .replaceAll(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u00A0\u3000]/g, " ")
    .replaceAll(/[\u2010-\u2015\u2212\uFF0D]/g, "-")

// A measurement such as 31.4222222222222 is no run of digits in a string.
const stringsAndFractions = /"(?:[^"\\]|\\[^])*"|-?\d+\.\d+/g
const withoutFractions = (json: string): string =>
  json.replaceAll(stringsAndFractions, (token) =>
    token.startsWith('"') ? token : token.replace(/\d+$/, (digits) => "x".repeat(digits.length)),
  )

type Place = { start: number; length: number }
type Reading = {
  /** The text is JSON, so that the fractions of its numbers can be told from digits in strings. */
  json?: boolean
}

/** Runs of digits with single spaces or dashes inside, as long as they get. */
const digitRuns = (text: string): RegExpExecArray[] => [...text.matchAll(/\d(?:[ -]?\d){12,}/g)]

const digitsOf = (run: string): string => run.replaceAll(/\D/g, "")

function scanned(text: string, { json = false }: Reading): string {
  const ascii = asciiDigits(text)
  return json && digitRuns(ascii).length > 0 ? withoutFractions(ascii) : ascii
}

const fewestDigits = 13

const couldBeDigit = (code: number): boolean => (code >= 48 && code <= 57) || code === 32 || code === 45

/** Whether there is a run of thirteen digits, spaces and dashes: looks at every thirteenth character, which such a run cannot avoid. */
function hasLongRun(text: string): boolean {
  for (let at = fewestDigits - 1; at < text.length; at += fewestDigits) {
    if (!couldBeDigit(text.charCodeAt(at))) continue
    let [from, to] = [at, at]
    while (from > 0 && couldBeDigit(text.charCodeAt(from - 1))) from -= 1
    while (to + 1 < text.length && couldBeDigit(text.charCodeAt(to + 1))) to += 1
    if (to - from + 1 >= fewestDigits) return true
  }
  return false
}

/** False where there is neither a run that could be a card number nor anything that could hide one: of most records. */
const couldHoldPan = (text: string): boolean =>
  hasLongRun(text) || text.includes("\\") || /[^\0-\x7f]/.test(text)

/** Whether the text holds what looks like a full card number. */
export const holdsPan = (text: string, reading: Reading = {}): boolean =>
  couldHoldPan(text) &&
  digitRuns(scanned(unescaped(text), reading)).some(
    (run) => isPan(digitsOf(run[0])) || panGroups(run).some(({ groups }) => isCardsGrouping(groups)),
  )

/** In one piece, or parted as on a card. Other groups of digits that come out as a card number are a TID and a date more often. */
const isCardsGrouping = (groups: readonly string[]): boolean =>
  /^(\d+|(\d{4},){3}\d{1,4}|(\d{4},){4}\d{1,3}|\d{4},\d{6},\d{4,5})$/.test(groups.join())

type PanGroups = Place & { groups: string[] }

/** Card numbers among the groups of a run, beside a date or a counter: `4111111111111111 2026-11-24`. */
function panGroups(run: RegExpExecArray): PanGroups[] {
  const groups = [...run[0].matchAll(/\d+/g)]
  const found: PanGroups[] = []
  for (let first = 0; first < groups.length; first += 1) {
    let digits = ""
    for (let last = first; last < groups.length && digits.length < 19; last += 1) {
      digits += groups[last]?.[0] ?? ""
      if (digits.length < 13 || digits.length > 19 || !isPan(digits)) continue
      const start = groups[first]?.index ?? 0
      found.push({
        start: run.index + start,
        length: (groups[last]?.index ?? 0) + (groups[last]?.[0].length ?? 0) - start,
        groups: groups.slice(first, last + 1).map(([group]) => group),
      })
      first = last
      break
    }
  }
  return found
}

type Found = { plain: string; places: (Place & { digits: string })[] }

function findPlaces(text: string, reading: Reading): Found {
  const plain = unescaped(text)
  const places = digitRuns(scanned(plain, reading)).flatMap((run) => {
    const found = isPan(digitsOf(run[0])) ? [{ start: run.index, length: run[0].length }] : panGroups(run)
    return found.map((place) => ({
      ...place,
      digits: digitsOf(run[0].slice(place.start - run.index, place.start - run.index + place.length)),
    }))
  })
  return { plain, places }
}

function masked({ plain, places }: Found): string {
  let text = plain
  for (const { start, length, digits } of places) {
    let seen = 0
    const stars = plain
      .slice(start, start + length)
      .replaceAll(/[\d\uFF10-\uFF19]/g, (digit) =>
        (seen += 1) <= 6 || seen > digits.length - 4 ? digit : "*",
      )
    text = text.slice(0, start) + stars + text.slice(start + length)
  }
  return text
}

/**
 * Replaces all but the first six and last four digits of what looks like a card number. What is masked is
 * kept though it was refused, so this looks harder than `holdsPan`: at other groups of digits, too.
 */
export const maskPans = (text: string, reading: Reading = {}): string => masked(findPlaces(text, reading))

/** As `maskPans` for plain text, with the first card number's digits: to be hashed and forgotten. */
export function takePan(text: string): { text: string; pan: string | null } {
  if (text.length < 13) return { text, pan: null }
  const found = findPlaces(text, {})
  const pan = found.places[0]?.digits ?? null
  return pan === null ? { text, pan } : { text: masked(found), pan }
}
