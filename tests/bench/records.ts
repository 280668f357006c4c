const minuteMs = 60_000

/**
 * Bodies of `size` records in order of time: every terminal once a minute. Bodies are prepared once; each
 * minute only writes new times and numbers into them.
 */
export class Bodies {
  readonly #blocks: { bytes: Buffer; times: number[]; numbers: number[] }[]
  readonly #startAt: number
  #next = 0

  constructor({
    first = 0,
    terminals,
    size,
    startAt,
    line,
  }: {
    first?: number
    terminals: number
    size: number
    startAt: number
    line: (terminal: number) => string
  }) {
    this.#startAt = startAt
    this.#blocks = Array.from({ length: Math.ceil(terminals / size) }, (_, block) => {
      const lines = Array.from({ length: Math.min(size, terminals - block * size) }, (_unused, i) =>
        line(first + block * size + i),
      )
      const text = lines.join("\n")
      return {
        bytes: Buffer.from(text),
        times: placesOf(text, timeMark),
        numbers: placesOf(text, numberMark),
      }
    })
  }

  next(): Buffer {
    const block = this.#blocks[this.#next % this.#blocks.length]
    if (!block) throw new Error("no terminals")
    const minute = Math.floor(this.#next / this.#blocks.length)
    this.#next += 1
    const bytes = Buffer.from(block.bytes)
    const time = new Date(this.#startAt + minute * minuteMs).toISOString()
    const number = String(1_000_000 + minute * 7)
    for (const place of block.times) bytes.write(time, place, "latin1")
    for (const place of block.numbers) bytes.write(number, place, "latin1")
    return bytes
  }
}

const timeMark = "TTTTTTTTTTTTTTTTTTTTTTTT"
const numberMark = "7777777"

function placesOf(text: string, mark: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) places.push(at)
  return places
}

export const serialOf = (terminal: number): string => `BENCH${String(terminal).padStart(6, "0")}`

/** A heartbeat with 27 fields, as a smart terminal sends it. */
export const beatLine = (terminal: number): string =>
  JSON.stringify({
    terminal: serialOf(terminal),
    at: timeMark,
    intervalSeconds: 60,
    uptimeSeconds: 864_000,
    reboots: 12,
    batteryPct: 60 + (terminal % 40),
    charging: false,
    temperatureC: 31.5,
    networkType: "4g",
    signalDbm: -70 - (terminal % 20),
    latencyMs: 48.5,
    networkErrors: 41,
    storageUsedPct: 44,
    memoryUsedPct: 57,
    printerStatus: "ok",
    printerLines: numberMark,
    chipReads: numberMark,
    chipFailures: 31,
    tapReads: numberMark,
    tapFailures: 17,
    pinpadOk: true,
    readerOk: true,
    securityOk: true,
    hostReachable: true,
    firmware: "2.1.4",
    app: "5.2.1",
    attempts: numberMark,
  }).replaceAll(`"${numberMark}"`, numberMark)

const codes = ["00", "00", "00", "00", "00", "00", "51", "55", "91", "A1"]

export const saleLine = (terminal: number): string => {
  const code = codes[terminal % codes.length] ?? "00"
  return JSON.stringify({
    terminal: serialOf(terminal),
    at: timeMark,
    id: `${numberMark}${terminal}`,
    outcome: code === "00" ? "approved" : "declined",
    codeSystem: "unionpay",
    code,
    entryMode: terminal % 3 === 0 ? "chip" : "contactless",
    amountMinor: 1000 + terminal,
    currency: "CNY",
    issuerBin: "621700",
    cardRef: `card${terminal % 977}`,
    scheme: "unionpay",
    operator: `0${terminal % 4}`,
    durationMs: 2100,
    hostReached: true,
    release: "5.2.1",
  })
}
