import { asciiKinds, dot, dropped, other } from "@/lib/base/text/card-characters"
import { cardsInRun, type CardPlace } from "@/lib/base/text/card-places"
import { fewestDigits, isCardNumber } from "@/lib/base/text/card-ranges"
import { isE, readAsciiRuns, readDigitRuns, TextPlaces, type DigitRun } from "@/lib/base/text/digit-runs"

// A PAN never enters. ISO/IEC 7812 numbers begin with a scheme's prefix, have one of its lengths and end in
// Luhn's
// check digit. All three must hold, so that serial numbers and amounts pass.

type Reading = {
  /** The text is JSON, so that the fractions of its numbers can be told from digits in texts. */
  json?: boolean
}

const kindAt = (text: string, at: number): number => asciiKinds[text.charCodeAt(at)] as number

function rowStart(text: string, at: number): number {
  let start = at
  while (start > 0 && kindAt(text, start - 1) !== other) start -= 1
  return start
}

function rowEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && kindAt(text, end) !== other) end += 1
  return end
}

function countDigits(text: string, from: number, to: number): number {
  let digits = 0
  for (let at = from; at < to; at += 1) if (kindAt(text, at) < dropped) digits += 1
  return digits
}

/**
 * Where, from `from` on, ASCII holds a row of twelve digits and what may stand between them; -1 for nowhere.
 * Looks at every twelfth character, which such a row cannot avoid, and at the others of a row three times at
 * most.
 */
function findRow(text: string, from: number): number {
  for (let at = from + fewestDigits - 1; at < text.length; at += fewestDigits) {
    if (kindAt(text, at) === other) continue
    const [start, end] = [rowStart(text, at), rowEnd(text, at)]
    if (end - start >= fewestDigits && countDigits(text, start, end) >= fewestDigits) return at
    at = end - 1
  }
  return -1
}

/** Digits that are too few for a card number with anything before or behind it. */
const shortRow = new Uint8Array(14)

/** Whether a row is a short number by itself, and no card number: the ids of most sales are. */
function isShortNumber(text: string, from: number, to: number): boolean {
  if (to - from > shortRow.length || text[from] === "0" || isE(text.charCodeAt(to))) return false
  for (let at = from; at < to; at += 1) {
    const kind = kindAt(text, at)
    if (kind >= dropped) return false
    shortRow[at - from] = kind
  }
  return !isCardNumber(shortRow, 0, to - from)
}

/** Whether something could hide digits: an escape, or a character beyond ASCII. */
const mayHide = (text: string): boolean => text.includes("\\") || /[^\0-\x7f]/.test(text)

/** A card number in a run of a text. */
type Card = { run: DigitRun; place: CardPlace }

const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi
const uuidLength = 36

/** Whether the digits stand in a UUID: one in two thousand has digits that look like a card number. */
function isOfUuid(text: string, { starts, ends }: DigitRun, { first, count }: CardPlace): boolean {
  const [start, end] = [starts[first] ?? 0, ends[first + count - 1] ?? 0]
  const from = Math.max(0, start - uuidLength)
  return [...text.slice(from, end + uuidLength).matchAll(uuid)].some(
    ({ 0: found, index }) =>
      from + index <= start && end <= from + index + uuidLength && /[a-f]/i.test(found),
  )
}

/** Digits that a double has at most. */
const mostOfDouble = 17

/**
 * Whether the digits are the fraction of a measure that is alone in its field, such as the position
 * 121.4222222222222. Shanghai lies there, and files have texts for numbers.
 */
function isFraction(text: string, run: DigitRun, { first }: CardPlace): boolean {
  const { digits, groups, starts, ends } = run
  const [whole, fraction] = [groups[1] ?? 0, digits.length - (groups[1] ?? 0)]
  if (groups.length !== 2 || run.separators[1] !== dot || first !== whole) return false
  const isOfDouble = (whole === 2 || whole === 3) && fraction < 16 && digits.length <= mostOfDouble
  const start = (starts[0] ?? 0) - 1
  const before = (text[start] === "-" ? text[start - 1] : text[start]) ?? '"'
  return isOfDouble && before === '"' && (text[ends.at(-1) ?? 0] ?? '"') === '"'
}

/** Hands on the card numbers in a text, one after another, until `take` has enough of them. */
function findCards(text: string, { json = false }: Reading, take: (card: Card) => boolean): void {
  const hides = mayHide(text)
  let row = hides ? -1 : findRow(text, 0)
  if (!hides && row === -1) return
  const takeRun = (run: DigitRun): boolean =>
    cardsInRun(run, text).some(
      (place) => !isOfUuid(text, run, place) && !isFraction(text, run, place) && take({ run, place }),
    )
  if (hides) readDigitRuns(text, { json, fewest: fewestDigits }, takeRun)
  const texts = json ? new TextPlaces(text) : null
  while (row !== -1) {
    const [from, to] = [rowStart(text, row), rowEnd(text, row)]
    const isDone =
      !isShortNumber(text, from, to) &&
      readAsciiRuns(text, { fewest: fewestDigits, from, to, texts }, takeRun)
    if (isDone) return
    row = findRow(text, to)
  }
}

function allCards(text: string, reading: Reading): Card[] {
  const found: Card[] = []
  findCards(text, reading, (card) => {
    found.push(card)
    return false
  })
  return found
}

/** Whether the text holds what looks like a full card number. */
export function holdsPan(text: string, reading: Reading = {}): boolean {
  let holds = false
  findCards(text, reading, () => (holds = true))
  return holds
}

const [keptFirst, keptLast] = [6, 4]

/**
 * Where stars go, as beginnings and ends one after another: between the first six and the last four digits.
 */
function addStars(stars: [number, number][], { run, place: { first, count, zeros } }: Card): void {
  const end = first + Math.min(count, count + zeros - keptLast)
  for (let digit = first + keptFirst; digit < end; digit += 1)
    stars.push([run.starts[digit] ?? 0, run.ends[digit] ?? 0])
}

function masked(text: string, cards: readonly Card[]): string {
  const stars: [number, number][] = []
  for (const card of cards) addStars(stars, card)
  // Two cards may have digits in common.
  stars.sort(([a], [b]) => a - b)
  let [result, end] = ["", 0]
  for (const [from, to] of stars) {
    if (from < end) continue
    result += from === end ? "*" : `${text.slice(end, from)}*`
    end = to
  }
  return result + text.slice(end)
}

/** Replaces all but the first six and last four digits of what looks like a card number. */
export const maskPans = (text: string, reading: Reading = {}): string => masked(text, allCards(text, reading))

const digitsOf = ({ run, place: { first, count, zeros } }: Card): string =>
  run.digits.slice(first, first + count).join("") + "0".repeat(zeros)

/** As `maskPans` for plain text, with the first card number's digits: to be hashed and forgotten. */
export function takePan(text: string): { text: string; pan: string | null } {
  const cards = allCards(text, {})
  const [first] = cards
  return first === undefined ? { text, pan: null } : { text: masked(text, cards), pan: digitsOf(first) }
}
