import { asciiKinds, dot, dropped, other } from "@/lib/base/text/card-characters"
import { cardsInRun, type CardPlace } from "@/lib/base/text/card-places"
import { fewestDigits, isCardNumber } from "@/lib/base/text/card-ranges"
import { isE, readAsciiRuns, readDigitRuns, TextPlaces, type DigitRun } from "@/lib/base/text/digit-runs"

// PANs are never stored. ISO/IEC 7812 numbers begin with a scheme's prefix, have one of its lengths and end
// in a Luhn check digit. All three must match, so that serial numbers and amounts are accepted.

type Reading = {
  /** The text is JSON, so fractions of its numbers can be distinguished from digits in strings. */
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
 * A position, from `from` on, in a row of at least twelve ASCII digits and the separators that may be between
 * them; -1 if there is none. It looks at every twelfth character, which a row cannot avoid, and at other
 * characters of a row three times at most.
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

/**
 * The digits of a short row. A row of this length is too short for a card number with other digits around it.
 */
const shortRow = new Uint8Array(14)

/** Whether a row is one short number and not a card number, as the ids of most sales are. */
function isShortNumber(text: string, from: number, to: number): boolean {
  if (to - from > shortRow.length || text[from] === "0" || isE(text.charCodeAt(to))) return false
  for (let at = from; at < to; at += 1) {
    const kind = kindAt(text, at)
    if (kind >= dropped) return false
    shortRow[at - from] = kind
  }
  return !isCardNumber(shortRow, 0, to - from)
}

/** Whether the text may have hidden digits: escapes or characters outside ASCII. */
const mayHide = (text: string): boolean => text.includes("\\") || /[^\0-\x7f]/.test(text)

/** A card number in a run of a text. */
type Card = { run: DigitRun; place: CardPlace }

const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi
const uuidLength = 36

/**
 * Whether the digits are part of a UUID. One UUID in two thousand has digits that look like a card number.
 */
function isOfUuid(text: string, { starts, ends }: DigitRun, { first, count }: CardPlace): boolean {
  const [start, end] = [starts[first] ?? 0, ends[first + count - 1] ?? 0]
  const from = Math.max(0, start - uuidLength)
  const around = text.slice(from, end + uuidLength)
  if (!around.includes("-")) return false
  return [...around.matchAll(uuid)].some(
    ({ 0: found, index }) =>
      from + index <= start && end <= from + index + uuidLength && /[a-f]/i.test(found),
  )
}

/** The most digits that a double has. */
const mostOfDouble = 17

/**
 * Whether the digits are the fraction of a measurement that is the whole field, such as the position
 * 121.4222222222222 in Shanghai. Files have their numbers as text.
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

/** Passes the card numbers of a text to `take`, one after another, until it returns true. */
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

/** Whether the text contains something that looks like a full card number. */
export function holdsPan(text: string, reading: Reading = {}): boolean {
  let holds = false
  findCards(text, reading, () => (holds = true))
  return holds
}

const [keptFirst, keptLast] = [6, 4]

/** Adds the start and end of each digit to mask: from the seventh to the fifth from the end. */
function addStars(stars: [number, number][], { run, place: { first, count, zeros } }: Card): void {
  const end = first + Math.min(count, count + zeros - keptLast)
  for (let digit = first + keptFirst; digit < end; digit += 1)
    stars.push([run.starts[digit] ?? 0, run.ends[digit] ?? 0])
}

function masked(text: string, cards: readonly Card[]): string {
  const stars: [number, number][] = []
  for (const card of cards) addStars(stars, card)
  // Two card numbers may overlap.
  stars.sort(([a], [b]) => a - b)
  let [result, end] = ["", 0]
  for (const [from, to] of stars) {
    if (from < end) continue
    result += from === end ? "*" : `${text.slice(end, from)}*`
    end = to
  }
  return result + text.slice(end)
}

/** Masks all digits but the first six and the last four of everything that looks like a card number. */
export const maskPans = (text: string, reading: Reading = {}): string => masked(text, allCards(text, reading))

const digitsOf = ({ run, place: { first, count, zeros } }: Card): string =>
  run.digits.slice(first, first + count).join("") + "0".repeat(zeros)

/**
 * Like `maskPans` for plain text. Also returns the digits of the first card number, to be hashed and not
 * kept.
 */
export function takePan(text: string): { text: string; pan: string | null } {
  const cards = allCards(text, {})
  const [first] = cards
  return first === undefined ? { text, pan: null } : { text: masked(text, cards), pan: digitsOf(first) }
}
