import { mkdirSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { closeDatabase } from "@/lib/base/db/client"
import { log } from "@/lib/base/log/log"
import type { Day } from "@/lib/base/time/zone"
import { endOf, playDay, type Seconds } from "@/lib/run/evaluation/folder/play-folder"
import { removeClock } from "@/lib/run/evaluation/folder/played-clock"
import { addTerminals, prepare } from "@/lib/run/evaluation/folder/prepare"
import { noteDay, type Progress } from "@/lib/run/evaluation/folder/progress"
import { daysOf, type ArrivalDay } from "@/lib/run/evaluation/folder/read-folder"
import { terminalsOf, type Terminals } from "@/lib/run/evaluation/folder/read-terminals"
import { labelsOf, truthOf } from "@/lib/run/evaluation/folder/read-truth"
import { flagLines, incidentLines } from "@/lib/run/evaluation/folder/results"
import { countOf, sentText, summaryOf, timeText } from "@/lib/run/evaluation/folder/say"
import { scoreFolder } from "@/lib/run/evaluation/folder/score-folder"
import { addSent, type Sent } from "@/lib/run/evaluation/folder/send-file"
import { writeVerdicts } from "@/lib/run/evaluation/folder/write-verdicts"
import { withOwnDatabase } from "@/lib/run/launch/own-database"

const dayMs = 86_400_000

export type FolderOptions = {
  folder: string
  /** Where the results go. */
  out: string
  /** Zone of the organisation, and of stores that name none. */
  zone: string
  /** Days at the beginning that are not scored. */
  burnIn: number
  /** Code system of codes that name none. */
  codeSystem: string | undefined
  withVerdicts: boolean
  say: (text: string) => void
}

/** Plays a folder day by day as if it arrived, writes what was found, and scores it. */
export async function evaluateFolder(given: FolderOptions): Promise<void> {
  const options = { ...given, folder: resolve(given.folder), out: resolve(given.out) }
  const { folder, out, say } = options
  const days = daysOf(folder)
  // Read before a database is started, so that a mistake in it is told at once.
  const terminals = terminalsOf(folder, options)
  mkdirSync(out, { recursive: true })
  // A connection that is still closing when the server stops is no news.
  log.level = "error"
  await withOwnDatabase(out, {
    say,
    run: async () => {
      const [first] = days
      if (!first) return
      const startsAt = new Date(endOf(first.day).getTime() - dayMs)
      const progress = await prepare({ ...options, startsAt, terminals: terminals.first })
      await playDays(progress, { days, later: terminals.later }, options)
      const { orgId } = progress
      await writeResults(options, { orgId, firstDay: first.day, days: days.length, sent: progress.sent })
      await removeClock()
      await closeDatabase()
    },
  })
  say(`• Written to ${out}`)
}

type Ran = { orgId: string; firstDay: Day; days: number; sent: Sent }

async function writeResults(
  { folder, out, burnIn, withVerdicts, say }: FolderOptions,
  ran: Ran,
): Promise<void> {
  const { orgId, firstDay, days } = ran
  const told = { flags: await flagLines(orgId), incidents: await incidentLines(orgId) }
  for (const [name, lines] of Object.entries(told))
    writeFileSync(join(out, `${name}.ndjson`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
  const truth = await truthOf(folder)
  const labels = withVerdicts ? await labelsOf(folder) : null
  const verdicts = withVerdicts
    ? await writeVerdicts(orgId, { out, firstDay, days, causes: labels?.causes ?? new Map<string, string>() })
    : null
  const scored =
    truth && (await scoreFolder({ orgId, firstDay, days, burnIn, troubles: truth.troubles, told }))
  const score = {
    days,
    records: ran.sent,
    badLines: { truth: truth?.bad ?? 0, labels: labels?.bad ?? 0 },
    counts: {
      flags: told.flags.length,
      incidents: told.incidents.length,
      ...(verdicts ? { verdicts: verdicts.count } : {}),
    },
    flags: scored?.flags ?? null,
    incidents: scored?.incidents ?? null,
    verdicts: verdicts?.engine ?? null,
    ratios: verdicts?.ratios ?? [],
    codeOnly: { flags: scored?.codeOnly ?? null, verdicts: verdicts?.codeOnly ?? null },
    priorOnly: { verdicts: verdicts?.priorOnly ?? null },
    naive: { flags: scored?.naive ?? null, verdicts: verdicts?.naive ?? null },
  }
  writeFileSync(join(out, "score.json"), `${JSON.stringify(score, null, 2)}\n`)
  for (const line of summaryOf(score)) say(`• ${line}`)
}

async function playDays(
  progress: Progress,
  { days, later }: { days: readonly ArrivalDay[]; later: Terminals["later"] },
  { say, codeSystem }: FolderOptions,
): Promise<void> {
  const { orgId, lastDay } = progress
  const total: Seconds = {}
  let records = 0
  if (lastDay !== null) say(`• An interrupted run goes on after ${lastDay}`)
  for (const [i, arrival] of days.entries()) {
    if (lastDay !== null && arrival.day <= lastDay) continue
    // What began before the records is so on their first day.
    const due = [...later.keys()].filter((day) => day === arrival.day || (i === 0 && day < arrival.day))
    for (const day of due.toSorted()) await addTerminals(later.get(day) ?? [], { orgId, codeSystem })
    const { sent, seconds } = await playDay(arrival, orgId)
    for (const [step, took] of Object.entries(seconds)) total[step] = (total[step] ?? 0) + took
    records += countOf(sent)
    addSent(progress.sent, sent)
    await noteDay(arrival.day, progress.sent)
    say(`• ${arrival.day} (${i + 1} of ${days.length}): ${sentText(sent)}, ${timeText(seconds)}`)
  }
  const taken = Object.values(total).reduce((sum, took) => sum + took, 0)
  if (records > 0) say(`• ${records} records, ${Math.round(records / taken)} a second, ${timeText(total)}`)
}
