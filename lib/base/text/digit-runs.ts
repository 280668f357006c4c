import {
  asciiKinds,
  blank,
  characterKind,
  dropped,
  kindsWithin,
  other,
  several,
  underscore,
} from "@/lib/base/text/card-characters"

/** Digits that belong together: groups of digits with at most three separators between two of them. */
export type DigitRun = {
  digits: number[]
  /** The start and end of each digit in the text. */
  starts: number[]
  ends: number[]
  /** The index of each group's first digit, and the kind of separator before the group. */
  groups: number[]
  separators: number[]
  /** The exponent: 15 for `4.1e15`. */
  exponent: number | null
  /** Whether it is a JSON number and not text. */
  isNumber: boolean
}

const mostSeparators = 3
const [quote, backslash, lowerE, upperE] = [0x22, 0x5c, 0x65, 0x45]

export const isE = (code: number): boolean => code === lowerE || code === upperE
const isAsciiDigit = (code: number): boolean => code >= 48 && code <= 57

/** The exponent at `at`, after the e; null if there is none. */
function exponentAt(text: string, at: number): number | null {
  const sign = text[at] === "-" ? -1 : 1
  let [place, value] = [text[at] === "-" || text[at] === "+" ? at + 1 : at, 0]
  const first = place
  // No number has an exponent with more digits.
  while (place < first + 4 && isAsciiDigit(text.charCodeAt(place))) {
    value = value * 10 + text.charCodeAt(place) - 48
    place += 1
  }
  return place === first ? null : sign * value
}

/** The character code of an escape such as `\u0034` at `at`; NaN if there is none. */
const escapedCode = (text: string, at: number): number =>
  text[at] === "\\" && text[at + 1] === "u" && /^[\da-f]{4}$/i.test(text.slice(at + 2, at + 6))
    ? Number.parseInt(text.slice(at + 2, at + 6), 16)
    : Number.NaN

type Symbol = { codePoint: number; end: number }

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff
const joined = (high: number, low: number): number => (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x1_0000

/** The character at `at`, which may be a JSON escape. */
function symbolAt(text: string, at: number): Symbol {
  const code = text.charCodeAt(at)
  if (code !== backslash) {
    const low = text.charCodeAt(at + 1)
    return isHigh(code) && isLow(low)
      ? { codePoint: joined(code, low), end: at + 2 }
      : { codePoint: code, end: at + 1 }
  }
  const escaped = escapedCode(text, at)
  if (Number.isNaN(escaped)) {
    const letter = text[at + 1] ?? ""
    return { codePoint: { n: 10, r: 10, t: 9, "/": 47, b: 8, f: 12 }[letter] ?? backslash, end: at + 2 }
  }
  const low = isHigh(escaped) ? escapedCode(text, at + 6) : Number.NaN
  return isLow(low) ? { codePoint: joined(escaped, low), end: at + 12 } : { codePoint: escaped, end: at + 6 }
}

const emptyRun = (isNumber: boolean): DigitRun => ({
  digits: [],
  starts: [],
  ends: [],
  groups: [],
  separators: [],
  exponent: null,
  isNumber,
})

/** Builds runs from the kinds of characters, one character after another. */
class RunMaker {
  readonly #take: (run: DigitRun) => boolean
  readonly #fewest: number
  /** Whether no more runs are needed. */
  isDone = false
  #run: DigitRun | null = null
  #between = 0
  #separator = blank

  constructor(fewest: number, take: (run: DigitRun) => boolean) {
    this.#fewest = fewest
    this.#take = take
  }

  get isOpen(): boolean {
    return this.#run !== null
  }

  add(kind: number, start: number, end: number, isNumber: boolean): void {
    if (kind < dropped) this.#digit(kind, start, end, isNumber)
    else if (this.#run === null || kind === dropped) return
    else if (kind > underscore || this.#between === mostSeparators) this.end()
    else {
      // In " - " the dash counts.
      this.#separator = this.#between === 0 || kind !== blank ? kind : this.#separator
      this.#between += 1
    }
  }

  /** Ends the run. An exponent belongs to it if it follows the last digit directly. */
  end(exponent: number | null = null): void {
    const run = this.#run
    if (run === null) return
    if (this.#between === 0) run.exponent = exponent
    this.#run = null
    this.#between = 0
    if (run.digits.length >= this.#fewest) this.isDone = this.#take(run)
  }

  #digit(value: number, start: number, end: number, isNumber: boolean): void {
    this.#run ??= emptyRun(isNumber)
    const run = this.#run
    if (run.digits.length === 0 || this.#between > 0) {
      run.groups.push(run.digits.length)
      run.separators.push(this.#separator)
      this.#between = 0
    }
    run.digits.push(value)
    run.starts.push(start)
    run.ends.push(end)
  }
}

/**
 * Whether a position in JSON is inside a string. Positions must increase. It counts quotes, so no escape may
 * come before a position.
 */
export class TextPlaces {
  readonly #json: string
  #next: number
  #isWithin = false

  constructor(json: string) {
    this.#json = json
    this.#next = json.indexOf('"')
  }

  isWithin(at: number): boolean {
    for (; this.#next !== -1 && this.#next < at; this.#next = this.#json.indexOf('"', this.#next + 1))
      this.#isWithin = !this.#isWithin
    return this.#isWithin
  }
}

type Stretch = {
  fewest: number
  from: number
  to: number
  /** Null if the text is not JSON. */
  texts: TextPlaces | null
}

/**
 * Passes the runs of at least `fewest` digits to `take`, from a stretch of ASCII without escapes. All of its
 * characters may belong to one run. Returns whether `take` has enough.
 */
export function readAsciiRuns(
  text: string,
  { fewest, from, to, texts }: Stretch,
  take: (run: DigitRun) => boolean,
): boolean {
  const maker = new RunMaker(fewest, take)
  const hasExponent = isE(text.charCodeAt(to))
  // Only a point and an exponent have another meaning in a number.
  const isNumber =
    texts !== null && (hasExponent || text.slice(from, to).includes(".")) && !texts.isWithin(from)
  for (let at = from; at < to && !maker.isDone; at += 1)
    maker.add(asciiKinds[text.charCodeAt(at)] as number, at, at + 1, isNumber)
  maker.end(hasExponent ? exponentAt(text, to + 1) : null)
  return maker.isDone
}

/**
 * Passes the runs of at least `fewest` digits of a text to `take`, in any script; it skips invisible
 * characters and decodes escapes. It looks at each character once. With `json` the text is JSON, and its
 * numbers are distinguished from strings.
 */
export function readDigitRuns(
  text: string,
  { json, fewest }: { json: boolean; fewest: number },
  take: (run: DigitRun) => boolean,
): void {
  const maker = new RunMaker(fewest, take)
  let inText = false
  for (let at = 0; at < text.length && !maker.isDone;) {
    const code = text.charCodeAt(at)
    if (code < 128 && code !== backslash) {
      const kind = asciiKinds[code] as number
      if (kind < dropped) maker.add(kind, at, at + 1, json && !inText)
      else if (maker.isOpen) {
        if (kind !== other) maker.add(kind, at, at + 1, false)
        else maker.end(isE(code) ? exponentAt(text, at + 1) : null)
      }
      if (code === quote) inText = !inText
      at += 1
      continue
    }
    const { codePoint, end } =
      code === backslash || isHigh(code) ? symbolAt(text, at) : { codePoint: code, end: at + 1 }
    const kind = characterKind(codePoint)
    if (kind !== several) maker.add(kind, at, end, false)
    else for (const one of kindsWithin(codePoint)) maker.add(one, at, end, false)
    at = end
  }
  maker.end()
}
