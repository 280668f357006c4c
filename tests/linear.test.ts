import { expect, test } from "vitest"
import { holdsPan, maskPans, takePan } from "@/lib/base/text/pan"
import { unusedPaths } from "@/lib/intake/adapters/reading"
import { expanded } from "@/lib/intake/imports/cards/take-card"
import { cleanCell } from "@/lib/intake/imports/files/clean-cell"
import { guessDelimiter } from "@/lib/intake/imports/files/guess-delimiter"
import { noTable } from "@/lib/intake/imports/files/no-table"
import { valueOf } from "@/lib/intake/imports/mapping/map-row"
import { FieldSource } from "@/lib/intake/imports/mapping/profile"
import { readStatus } from "@/lib/intake/imports/mapping/read-status"
import { readDateAndTime, readTime } from "@/lib/intake/imports/mapping/read-time"
import { headerKey } from "@/lib/intake/imports/mapping/recognise"
import { wordClasses } from "@/lib/intake/imports/mapping/sale-words"
import { keptText } from "@/lib/intake/ingest/kept"

// Time grows with the length of what is sent, whatever it is: one request must not hold up the others.

const size = 2_000
const growth = 16
/** Linear work takes 16 times as long for 16 times as much, quadratic work 256 times. */
const mostTimes = 64
const shortestMs = 0.1
const tries = 8

function timed(run: () => unknown): number {
  const begun = performance.now()
  run()
  return performance.now() - begun
}

/** How many times as long it takes, at best of some tries: a busy machine adds to it now and then. */
function timesAsLong(make: (length: number) => string, run: (text: string) => unknown): number {
  const [short, long] = [make(size), make(size * growth)]
  let [before, after] = [shortestMs, Number.POSITIVE_INFINITY]
  for (let i = 0; i < tries && after > before * mostTimes; i += 1) {
    before = Math.max(
      before,
      timed(() => run(short)),
    )
    after = Math.min(
      after,
      timed(() => run(long)),
    )
  }
  return after / before
}

const repeated = (part: string) => (length: number) => part.repeat(Math.ceil(length / part.length))

const texts: [string, (length: number) => string][] = [
  ["digits", repeated("1")],
  ["digits of a scheme", repeated("4")],
  ["zeros", repeated("0")],
  ["a number with a long fraction", (length) => `1.${"1".repeat(length)}`],
  ["a number with a long exponent", (length) => `1e${"1".repeat(length)}`],
  ["many numbers with exponents", repeated("4.111111111111111e15,")],
  ["many fractions beside texts", repeated('1.11111111111,"",')],
  ["single digits", repeated("4 ")],
  ["digits and all separators", repeated("4-1/1.1_1 ")],
  ["separators alone", repeated(" ")],
  ["groups as on cards", repeated("4111 1111 1111 1112 ")],
  ["many card numbers", repeated("4111111111111111 ")],
  ["escaped digits", repeated("\\u0034")],
  ["backslashes", repeated("\\")],
  ["quotes", repeated('"')],
  ["digits of another width", repeated("４")],
  ["invisible characters between digits", repeated("4\u200B")],
  ["digits in circles", repeated("⑫")],
  ["brackets", repeated("（")],
  ["letters and blanks", (length) => `a${" ".repeat(length)}\nb`],
  ["nothing but commas", repeated(",")],
  ["points and a word", (length) => `1${".".repeat(length)}x1`],
  ["letters", repeated("aB")],
  ["Chinese", repeated("未完成")],
]

/** What is done with a text that somebody sent. */
const uses: [string, (text: string) => unknown][] = [
  ["a search for card numbers", (text) => holdsPan(text)],
  ["a search for card numbers in JSON", (text) => holdsPan(text, { json: true })],
  ["masking", (text) => maskPans(text)],
  ["masking of a cell", takePan],
  ["the quarantine", (text) => keptText({ text, value: {} })],
  ["the name of a column", headerKey],
  ["a guess of the separator", (text) => guessDelimiter(text, { isWhole: true })],
  ["a look for what is no table", (text) => noTable(text, 1)],
  ["a cell without what stands around it", cleanCell],
  ["a number with an exponent", expanded],
  ["a status", (text) => wordClasses(text)],
  ["what a status says", (text) => readStatus(text)],
  ["a time", (text) => readTime(text, { zone: "UTC" })],
  ["a day and a time", (text) => readDateAndTime(text, text, { zone: "UTC" })],
  ...(["text", "number", "boolean", "money", "minor", "code", "bin", "labels", "day"] as const).map(
    (as): [string, (text: string) => unknown] => [
      `a cell as ${as}`,
      (text) => read(FieldSource.parse({ column: "a", as }), text),
    ],
  ),
]

function read(source: FieldSource, cell: string): unknown {
  try {
    return valueOf(
      "field",
      source,
      { cells: { a: cell }, number: 0, line: 2, cardRef: null, hash: "" },
      { zone: "UTC" },
    )
  } catch {
    return null
  }
}

test.each(uses)("%s takes linear time, whatever the text holds", (_name, use) => {
  expect(
    texts
      .map(([name, make]) => [name, timesAsLong(make, use)])
      .filter(([, times]) => Number(times) > mostTimes),
  ).toEqual([])
})

test("names of a vendor's fields are gathered in linear time", () => {
  const make = (length: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: length / 8 }, (_, i) => [`f${i}`, 1])))
  expect(timesAsLong(make, (text) => unusedPaths(JSON.parse(text), ["serial", "model"]))).toBeLessThan(
    mostTimes,
  )
})
