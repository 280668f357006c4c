import { monitorEventLoopDelay } from "node:perf_hooks"
import { asOwner } from "@/lib/base/db/client"
import { localDay } from "@/lib/base/time/zone"
import { inBenchDatabase } from "@/tests/bench/bench-database"
import { cpuSeconds, ownCpuSeconds, residentMb, serverPid } from "@/tests/bench/measure"
import { daysBefore, givenSellingFleet } from "@/tests/bench/night-fleet"
import { settleNight } from "@/tests/support/settle-night"

type Options = { terminals: number; say: (text: string) => void }

const days = 90
/** A night looks back so far; the last of these is measured. */
const nights = 4
const dayMs = 86_400_000

/** The whole night with its database, at two sizes: time, processor time, memory. */
export async function benchNights({ terminals, say }: Options): Promise<Record<string, number>> {
  return inBenchDatabase(async () => {
    const few = Math.round(terminals / 10)
    const small = await measure(few, say)
    const large = await measure(terminals, say)
    const perTerminal = ({ processor, database }: Night, count: number) => (processor + database) / count
    return {
      ...named(small, few),
      ...named(large, terminals),
      "night: times as long per terminal as in the smaller fleet":
        perTerminal(large, terminals) / perTerminal(small, few),
    }
  })
}

type Night = Awaited<ReturnType<typeof measure>>

const named = ({ seconds, processor, database, blocked, megabytes }: Night, terminals: number) =>
  Object.fromEntries(
    Object.entries({
      seconds,
      "seconds of processor, process": processor,
      "seconds of processor, database": database,
      "longest hold of the event loop, s": blocked,
      "most memory of the process, MB": megabytes,
    }).map(([name, value]) => [`night: ${name}, ${terminals} terminals`, value]),
  )

async function measure(terminals: number, say: Options["say"]) {
  say(`days of ${terminals} terminals`)
  const dates = daysBefore(localDay(new Date(), "UTC"), days)
  const { orgId } = await givenSellingFleet({ terminals, days: dates, expectedDays: nights })
  const server = await asOwner(serverPid)
  const last = Date.parse(dates.at(-1) ?? "")
  say("the nights before")
  await settleNight({ orgId, at: new Date(last + dayMs - 1) })
  say("the night")
  const held = monitorEventLoopDelay({ resolution: 10 })
  held.enable()
  const before = { at: performance.now(), own: ownCpuSeconds(), server: cpuSeconds(server) }
  const settled = await settleNight({ orgId, at: new Date(last + 2 * dayMs) })
  held.disable()
  if (settled.nights !== 1) throw new Error(`${settled.nights} nights instead of one`)
  return {
    seconds: (performance.now() - before.at) / 1000,
    processor: ownCpuSeconds() - before.own,
    database: cpuSeconds(server) - before.server,
    blocked: held.max / 1e9,
    megabytes: residentMb(process.pid).most,
  }
}
