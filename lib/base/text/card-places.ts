import { dot } from "@/lib/base/text/card-characters"
import { fewestDigits, isCardNumber, mostDigits } from "@/lib/base/text/card-ranges"
import type { DigitRun } from "@/lib/base/text/digit-runs"

/** A card number in a run: `count` digits from `first` on, and the zeros that an exponent adds. */
export type CardPlace = { first: number; count: number; zeros: number }

const place = (first: number, count: number): CardPlace => ({ first, count, zeros: 0 })

const valueOf = (digits: readonly number[], first: number, count: number): number => {
  let value = 0
  for (let i = first; i < first + count; i += 1) value = value * 10 + (digits[i] ?? 0)
  return value
}

const isMonth = (month: number): boolean => month >= 1 && month <= 12
/** Expiry years of cards in use, and of those that expired in the last few years. */
const isExpiryYear = (year: number): boolean => year >= 20 && year <= 38
/**
 * Service codes in use. Their digits say where a card works, how it is authorised and how the holder is
 * verified.
 */
const serviceCodes = new Set(
  [1, 2, 5, 6, 7].flatMap((use) => [0, 2].flatMap((by) => [0, 1, 6].map((how) => use * 100 + by * 10 + how))),
)

const isYearAndMonth = (digits: readonly number[], first: number): boolean =>
  isExpiryYear(valueOf(digits, first, 2)) && isMonth(valueOf(digits, first + 2, 2))
const isMonthAndYear = (digits: readonly number[], first: number): boolean =>
  isMonth(valueOf(digits, first, 2)) && isExpiryYear(valueOf(digits, first + 2, 2))
const isServiceCode = (digits: readonly number[], first: number): boolean =>
  serviceCodes.has(valueOf(digits, first, 3))

const areZeros = (digits: readonly number[], first: number, end: number): boolean => {
  for (let i = first; i < end; i += 1) if (digits[i] !== 0) return false
  return true
}

/**
 * The number of zeros that count as padding, after a card number and before a long one. Fewer may be chance.
 */
const [fewestZerosBehind, fewestZerosBeforeLong, usualDigits] = [3, 2, 16]

/** Whether the digits after a card number are those of a magnetic stripe, or zeros that pad a field. */
function followsCard(digits: readonly number[], first: number, count: number, end: number): boolean {
  const behind = first + count
  const left = end - behind
  if (left === 0 || (left >= fewestZerosBehind && areZeros(digits, behind, end))) return true
  if (left === 3 && end - first <= mostDigits) return isServiceCode(digits, behind)
  if (left === 4) return isYearAndMonth(digits, behind) || isMonthAndYear(digits, behind)
  return left >= 7 && count > 13 && isYearAndMonth(digits, behind) && isServiceCode(digits, behind + 4)
}

/**
 * The card number in digits without separators. In a longer number it counts only between padding zeros, or
 * before an expiry date and service code: one in a few order numbers contains digits that look like a card
 * number.
 */
function cardInPiece(digits: readonly number[], start: number, end: number): CardPlace | null {
  if (isCardNumber(digits, start, end - start)) return place(start, end - start)
  let first = start
  while (first < end && digits[first] === 0) first += 1
  const zeros = first - start
  for (let count = Math.min(mostDigits, end - first); count >= fewestDigits; count -= 1) {
    const mayBeFilled = zeros === 0 || zeros >= fewestZerosBeforeLong || count <= usualDigits
    if (mayBeFilled && isCardNumber(digits, first, count) && followsCard(digits, first, count, end))
      return place(first, count)
  }
  return null
}

type Groups = { sizes: readonly number[]; separators: readonly number[] }

const cardGroupings = /^(?:4,4,4,[1-4]|4,4,4,4,[1-3]|4,6,[45]|6,13)$/

const sameSizes = (sizes: readonly number[]): boolean => sizes.every((size) => size === sizes[0])

/** Versions and measurements, such as 5.0.1.20261124 and 31.2304166666667. */
const isVersionOrDecimal = ({ sizes, separators }: Groups): boolean =>
  sizes.length <= 6 && (sizes[0] ?? 0) <= 3 && separators.every((one) => one === dot) && !sameSizes(sizes)

const isYear = (year: number): boolean => year >= 1990 && year <= 2060
const isDay = (day: number): boolean => day >= 1 && day <= 31

/** Whether one group is a date such as 20261124, or three groups are, such as 24.11.2026. */
function holdsDay(digits: readonly number[], first: number, { sizes }: Groups): boolean {
  let at = first
  const values = sizes.map((size) => {
    const value = size <= 8 ? valueOf(digits, at, size) : Number.NaN
    at += size
    return value
  })
  return values.some((value, i) => {
    if (sizes[i] === 8)
      return (
        isYear(Math.floor(value / 10_000)) && isMonth(Math.floor(value / 100) % 100) && isDay(value % 100)
      )
    const [second = Number.NaN, third = Number.NaN] = values.slice(i + 1, i + 3)
    return (
      (isYear(value) && isMonth(second) && isDay(third)) ||
      (isYear(third) && ((isDay(value) && isMonth(second)) || (isMonth(value) && isDay(second))))
    )
  })
}

/**
 * The card number of all groups together, with any separators. A version, a measurement or a date is not one.
 */
function cardInGroups(digits: readonly number[], first: number, groups: Groups): CardPlace | null {
  const count = groups.sizes.reduce((sum, size) => sum + size, 0)
  if (!isCardNumber(digits, first, count)) return null
  if (cardGroupings.test(groups.sizes.join())) return place(first, count)
  return isVersionOrDecimal(groups) || holdsDay(digits, first, groups) ? null : place(first, count)
}

const sizesOf = ({ digits, groups }: DigitRun): number[] =>
  groups.map((first, i) => (groups[i + 1] ?? digits.length) - first)

/** Card numbers of single groups, and of groups as they are printed on cards. */
function cardsAmongGroups({ digits, groups }: DigitRun, sizes: readonly number[]): CardPlace[] {
  const found: CardPlace[] = []
  for (let group = 0; group < sizes.length; group += 1) {
    const first = groups[group] ?? 0
    let count = sizes[group] ?? 0
    let last = group
    let card = cardInPiece(digits, first, first + count)
    const mayBegin = count === 4 || count === 6
    while (mayBegin && card === null && last + 1 < sizes.length && count < mostDigits) {
      last += 1
      count += sizes[last] ?? 0
      if (isCardNumber(digits, first, count) && cardGroupings.test(sizes.slice(group, last + 1).join()))
        card = place(first, count)
    }
    if (card === null) continue
    found.push(card)
    group = last
  }
  return found
}

/** Card numbers of neighbouring groups that have one separator between them and another one around them. */
function cardsAmongSeparators(
  { digits, groups, separators }: DigitRun,
  sizes: readonly number[],
): CardPlace[] {
  const found: CardPlace[] = []
  for (let from = 0; from + 1 < sizes.length;) {
    let last = from + 1
    while (last + 1 < sizes.length && separators[last + 1] === separators[last]) last += 1
    const first = groups[from] ?? 0
    const count = (groups[last + 1] ?? digits.length) - first
    const among = { sizes: sizes.slice(from, last + 1), separators: separators.slice(from + 1, last + 1) }
    const card = count <= mostDigits ? cardInGroups(digits, first, among) : null
    if (card) found.push(card)
    from = last
  }
  return found
}

function cardsInText(run: DigitRun): CardPlace[] {
  const { digits, groups, separators } = run
  if (groups.length === 1) return [cardInPiece(digits, 0, digits.length)].filter((card) => card !== null)
  const sizes = sizesOf(run)
  const whole =
    digits.length <= mostDigits ? cardInGroups(digits, 0, { sizes, separators: separators.slice(1) }) : null
  return whole ? [whole] : [...cardsAmongGroups(run, sizes), ...cardsAmongSeparators(run, sizes)]
}

/** The whole number that digits with a point and an exponent represent, as the digits before its point. */
function scaled(digits: readonly number[], first: number, whole: number): CardPlace | null {
  let from = first
  while (from < digits.length && digits[from] === 0) from += 1
  const count = first + whole - from
  if (count < fewestDigits || count > mostDigits || digits.length - from < fewestDigits) return null
  const zeros = Math.max(0, from + count - digits.length)
  const number = [...digits.slice(from, from + count - zeros), ...Array.from({ length: zeros }, () => 0)]
  return isCardNumber(number, 0, count) ? { first: from, count: count - zeros, zeros } : null
}

/** The card number of a number such as 4.111111111111111e15, which is always the last one of its run. */
function cardOfExponent({ digits, groups, separators, exponent }: DigitRun): CardPlace | null {
  if (exponent === null) return null
  const last = groups.at(-1) ?? 0
  const isDecimal = groups.length > 1 && separators.at(-1) === dot
  const first = isDecimal ? (groups.at(-2) ?? 0) : last
  return scaled(digits, first, (isDecimal ? last : digits.length) - first + exponent)
}

/** The card number of a JSON number. Its fraction is not searched: 31.4222222222222 is a position. */
function cardOfNumber(run: DigitRun, text: string): CardPlace | null {
  const { digits, groups, exponent } = run
  if (groups.length === 1 && exponent === null) return cardInPiece(digits, 0, digits.length)
  const whole = groups[1] ?? digits.length
  const written =
    scaled(digits, 0, whole + (exponent ?? 0)) ?? (exponent === null ? cardInPiece(digits, 0, whole) : null)
  if (written) return written
  // The stored value is a double, which may differ from the digits: 4111111111111110.99999999.
  const stored = Number(`${text.slice(run.starts[0], run.ends.at(-1))}e${exponent ?? 0}`)
  if (!Number.isInteger(stored) || stored < 10 ** (fewestDigits - 1) || stored >= 10 ** mostDigits)
    return null
  const number = [...BigInt(stored).toString()].map(Number)
  return isCardNumber(number, 0, number.length) ? place(0, digits.length) : null
}

/** The card numbers in a run of digits. The time is linear in the length of the run. */
export function cardsInRun(run: DigitRun, text: string): CardPlace[] {
  if (run.isNumber) return [cardOfNumber(run, text)].filter((card) => card !== null)
  const ofExponent = cardOfExponent(run)
  return ofExponent ? [ofExponent] : cardsInText(run)
}
