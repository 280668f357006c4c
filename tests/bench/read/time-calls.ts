import { setTimeout as pause } from "node:timers/promises"
import { AppError } from "@/lib/base/errors"
import { quantile } from "@/tests/bench/measure"
import { addressOf, titleOf, type Sample } from "@/tests/bench/read/samples"

/**
 * Milliseconds. `processor` is what a call takes of web and database, whatever else the machine does. Null if
 * the reader may not make the call. `isBusy`: the server gave up and answered 503.
 */
export type Times = {
  p50: number
  p95: number
  first: number
  processor: number
  bytes: number
  isBusy?: true
} | null
export type Headers = Record<string, string>

const calls = 20
/** A slow call is made less often, but at least once more than it takes to load the route. */
const mostMs = 4_000
const fewest = 1
/** The usual limit of requests a minute is kept by changing the user, and that of visitors by address. */
const readersOf = (readers: readonly Headers[], turn: number): Headers => ({
  ...readers[turn % readers.length],
  "x-forwarded-for": `10.0.${Math.floor(turn / 250)}.${1 + (turn % 250)}`,
})

async function callOnce(
  url: string,
  headers: Headers,
): Promise<{ ms: number; status: number; text: string }> {
  const startedAt = performance.now()
  const response = await fetch(url, { headers })
  const text = await response.text()
  return { ms: performance.now() - startedAt, status: response.status, text }
}

/** The web server, and how many seconds of processor it and the database have given it. */
export type Served = { url: string; processorSeconds: () => Promise<number> }

/** Makes a call again and again. The first is not counted, because it loads the route. */
export async function timeCall(
  { url, processorSeconds }: Served,
  sample: Sample,
  readers: readonly Headers[],
): Promise<Times> {
  const address = `${url}${addressOf(sample)}`
  const took: number[] = []
  let [first, bytes, spent, before] = [0, 0, 0, 0]
  for (let turn = 0; turn <= calls && (spent < mostMs || turn <= fewest); turn += 1) {
    const { ms, status, text } = await callOnce(address, readersOf(readers, turn))
    if (status === 403) return null
    if (status === 503) return { p50: ms, p95: ms, first: ms, processor: ms, bytes: 0, isBusy: true }
    if (status !== 200) throw new AppError("invalid", `${titleOf(sample)}: ${status} ${text.slice(0, 300)}`)
    spent += ms
    bytes = text.length
    if (turn > 0) took.push(ms)
    else [first, before] = [ms, await processorSeconds()]
    await pause(1)
  }
  const processor = (((await processorSeconds()) - before) * 1_000) / took.length
  return { p50: quantile(took, 0.5), p95: quantile(took, 0.95), first, processor, bytes }
}
