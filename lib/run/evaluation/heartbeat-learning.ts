import { dayAt } from "@/lib/base/time/zone-days"
import {
  hourOf,
  learnWeek,
  weekOfStore,
  type SentDay,
  type UsualWeek,
} from "@/lib/insight/silence/usual-week"
import type { World, WorldStore } from "@/lib/run/evaluation/heartbeat-world"

const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs

/** Which week was usual for a terminal of the store at an instant: the worker learns it anew every week. */
export function weeksOf(
  { known, terminals }: WorldStore,
  { from, to, testedFrom }: World,
): (terminal: number, at: number) => UsualWeek | null {
  const sent = new Map(terminals.map(({ id, beats }) => [id, sentDays(beats, known.zone)]))
  const first = dayAt(known.zone, from) + 1
  const learntAt = Array.from(
    { length: Math.ceil((to - testedFrom) / weekMs) },
    (_, i) => testedFrom + i * weekMs,
  )
  const learnt = learntAt.map((at) => {
    const end = dayAt(known.zone, at)
    const own = new Map(
      [...sent].map(([id, days]) => {
        const past = days.filter(({ day }) => first <= day && day < end)
        return [id, learnWeek(past, { first, end })] as const
      }),
    )
    const shared = weekOfStore([...own.values()].filter((week) => week !== null))
    return { at, weekOf: (id: number) => own.get(id) ?? shared }
  })
  return (id, at) => learnt.findLast((one) => one.at <= at)?.weekOf(id) ?? null
}

/** What a terminal sent by day, from all its heartbeats. */
function sentDays(beats: readonly number[], zone: string): SentDay[] {
  const found: SentDay[] = []
  let until = 0
  let last: SentDay | undefined
  for (const at of beats) {
    if (at >= until) {
      const { day, hour } = hourOf(zone, at)
      until = (Math.floor(at / hourMs) + 1) * hourMs
      if (last?.day !== day) {
        last = { day, hours: 0, beats: 0 }
        found.push(last)
      }
      last.hours |= 1 << hour
    }
    if (last) last.beats += 1
  }
  return found
}
