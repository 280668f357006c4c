import type { Db } from "@/lib/base/db/transaction"
import { dayStart, type Day } from "@/lib/base/time/zone"
import { terminalsInMaintenance } from "@/lib/fleet/maintenance/read-windows"
import type { Flag } from "@/lib/insight/engine/flag"
import type { NightResult } from "@/lib/insight/engine/run-night"
import type { TerminalFacts } from "@/lib/insight/engine/terms/input"
import type { Reason } from "@/lib/insight/flags/schemas"
import { dayOf } from "@/lib/insight/nights/day-of"
import { ruledOutElsewhere } from "@/lib/insight/nights/elsewhere"
import { failsOften, type RuledOut } from "@/lib/insight/nights/fails-often"
import {
  closeFlags,
  flagsOutOfService,
  liveNightlyFlags,
  restateFlags,
  type LiveFlag,
  type NewFlag,
  type Restated,
} from "@/lib/insight/nights/flags-sql"
import { openFlags } from "@/lib/insight/nights/open-flags"
import { ruleOf } from "@/lib/insight/nights/rule-of"
import { countOpenFlags } from "@/lib/insight/standings/note-changes"

type Kept = {
  orgId: string
  /** When the flags change. */
  at: Date
  day: Day
  zone: string
  terminals: readonly TerminalFacts[]
  result: NightResult
}

const keyOf = (rule: string, terminal: number | string) => `${rule} ${terminal}`

/**
 * Makes the open flags those of the engine's state. One that the hours have opened stays while the engine
 * waits for another night, and if its day is not over. During maintenance of its terminal none closes.
 */
export async function keepFlags(db: Db, night: Kept): Promise<{ flagsOpened: number; flagsClosed: number }> {
  const { orgId, at, day, zone, terminals, result } = night
  const live = await liveNightlyFlags(db, orgId)
  const byKey = new Map(live.map((row) => [keyOf(row.rule, row.terminal_id), row]))
  const stores = new Map(terminals.map(({ id, store }) => [id, Number(store)]))
  const [opened, restated]: [NewFlag[], Restated[]] = [[], []]
  for (const flag of result.state.flags.values()) {
    const rule = ruleOf[flag.component]
    const storeId = stores.get(flag.terminal)
    if (storeId === undefined) continue
    const before = byKey.get(keyOf(rule, flag.terminal))
    byKey.delete(keyOf(rule, flag.terminal))
    const reasons = reasonsOf(flag, await ruledOutOf(db, { orgId, flag, before, result }))
    if (before) restated.push({ id: before.id, store_id: storeId, reasons })
    else
      opened.push({
        rule,
        terminal_id: Number(flag.terminal),
        store_id: storeId,
        since_at: dayStart(dayOf(flag.openedOn), zone),
        reasons,
      })
  }
  for (const [key, { component }] of result.state.candidates)
    byKey.delete(keyOf(ruleOf[component], key.split("/")[0] ?? ""))
  const over = [...byKey.values()].filter((row) => !isOfLaterDay(row, day))
  const ids = over.map((row) => row.terminal_id)
  const paused = ids.length > 0 ? await terminalsInMaintenance(db, { orgId, ids, at }) : new Set()
  const gone = over.filter((row) => !paused.has(row.terminal_id))
  const flagsOpened = await openFlags(db, { orgId, at, flags: opened })
  if (restated.length > 0) await restateFlags(db, { at, flags: restated })
  await close(db, at, gone)
  return { flagsOpened, flagsClosed: gone.length }
}

const isOfLaterDay = ({ reasons }: LiveFlag, day: Day): boolean =>
  reasons.some((reason) => reason.code === "fails_often" && reason.on > day)

type Asking = { orgId: string; flag: Flag; before: LiveFlag | undefined; result: NightResult }

/** What was ruled out when the flag opened. */
async function ruledOutOf(db: Db, { orgId, flag, before, result }: Asking): Promise<RuledOut> {
  const main = before?.reasons.find((reason) => reason.code === "fails_often")
  if (main) return main.ruledOut
  const asked = { orgId, terminalId: Number(flag.terminal), on: dayOf(flag.openedOn) }
  const elsewhere = await ruledOutElsewhere(db, { ...asked, rule: ruleOf[flag.component] })
  return [...(result.ruledOut.get(flag) ?? []), ...elsewhere]
}

function reasonsOf(flag: Flag, ruledOut: RuledOut): Reason[] {
  const { component, openedOn, isAlone } = flag
  const main = failsOften({ ...flag, rule: ruleOf[component], on: dayOf(openedOn) }, ruledOut)
  return isAlone && component === "communication" ? [main, { code: "alone_in_store" }] : [main]
}

async function close(db: Db, at: Date, flags: readonly { id: number; terminal_id: number }[]): Promise<void> {
  if (flags.length === 0) return
  await closeFlags(db, { at, ids: flags.map(({ id }) => id) })
  await countOpenFlags(
    db,
    flags.map((one) => one.terminal_id),
  )
}

/** Closes flags of terminals that went out of service since the last night, also with their stores. */
export async function closeOutOfService(db: Db, orgId: string, at: Date): Promise<number> {
  const flags = await flagsOutOfService(db, { orgId, at })
  await close(db, at, flags)
  return flags.length
}
