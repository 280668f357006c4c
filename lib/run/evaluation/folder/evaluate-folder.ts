import { mkdirSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { closeDatabase } from "@/lib/base/db/client"
import { log } from "@/lib/base/log/log"
import type { Day } from "@/lib/base/time/zone"
import { endOf, playDay, steps, type Seconds } from "@/lib/run/evaluation/folder/play-folder"
import { removeClock } from "@/lib/run/evaluation/folder/played-clock"
import { prepare } from "@/lib/run/evaluation/folder/prepare"
import { noteDay, type Progress } from "@/lib/run/evaluation/folder/progress"
import { daysOf, type ArrivalDay } from "@/lib/run/evaluation/folder/read-folder"
import { terminalsOf } from "@/lib/run/evaluation/folder/read-terminals"
import { labelsOf, truthOf } from "@/lib/run/evaluation/folder/read-truth"
import { flagLines, incidentLines } from "@/lib/run/evaluation/folder/results"
import { scoreFolder } from "@/lib/run/evaluation/folder/score-folder"
import { scoreLabels } from "@/lib/run/evaluation/folder/score-labels"
import { addSent, type Sent } from "@/lib/run/evaluation/folder/send-file"
import { withOwnDatabase } from "@/lib/run/launch/own-database"

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
export async function evaluateFolder(options: FolderOptions): Promise<void> {
  const folder = resolve(options.folder)
  const out = resolve(options.out)
  const days = daysOf(folder)
  const terminals = () => terminalsOf(folder, options)
  // Both are read before a database is started, so that a mistake in them is told at once.
  terminals()
  const truth = await truthOf(folder)
  mkdirSync(out, { recursive: true })
  log.level = "warn"
  await withOwnDatabase(out, {
    say: options.say,
    run: async () => {
      const progress = await prepare({
        folder,
        zone: options.zone,
        startsAt: new Date(endOf(days[0]?.day ?? "").getTime() - 86_400_000),
        codeSystem: options.codeSystem,
        terminals,
      })
      await playDays(progress, days, options.say)
      const found = await writeFound(progress.orgId, out)
      const scored =
        truth &&
        (await scoreFolder({ ...scopeOf(options, days), ...progress, troubles: truth.troubles, told: found }))
      const labels = options.withVerdicts ? await labelsOf(folder) : null
      const verdicts =
        labels && (await scoreLabels(progress.orgId, { ...scopeOf(options, days), causes: labels.causes }))
      const score = {
        days: days.length,
        records: progress.sent,
        badLines: { truth: truth?.bad ?? 0, labels: labels?.bad ?? 0 },
        counts: { flags: found.flags.length, incidents: found.incidents.length },
        flags: scored?.flags ?? null,
        incidents: scored?.incidents ?? null,
        codeOnly: { flags: scored?.codeOnly ?? null, verdicts: verdicts?.codeOnly ?? null },
        naive: { flags: scored?.naive ?? null, verdicts: verdicts?.naive ?? null },
      }
      writeFileSync(join(out, "score.json"), `${JSON.stringify(score, null, 2)}\n`)
      await removeClock()
      await closeDatabase()
    },
  })
  options.say(`• Written to ${out}`)
}

const scopeOf = (
  { burnIn }: FolderOptions,
  days: readonly ArrivalDay[],
): { firstDay: Day; days: number; burnIn: number } => ({
  firstDay: days[0]?.day ?? "",
  days: days.length,
  burnIn,
})

async function writeFound(orgId: string, out: string) {
  const found = { flags: await flagLines(orgId), incidents: await incidentLines(orgId) }
  for (const [name, lines] of Object.entries(found))
    writeFileSync(join(out, `${name}.ndjson`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
  return found
}

async function playDays(
  progress: Progress,
  days: readonly ArrivalDay[],
  say: FolderOptions["say"],
): Promise<void> {
  const { orgId, lastDay } = progress
  const total: Seconds = { ingest: 0, fold: 0, rounds: 0, night: 0 }
  let records = 0
  if (lastDay !== null) say(`• An interrupted run goes on after ${lastDay}`)
  for (const [i, arrival] of days.entries()) {
    if (lastDay !== null && arrival.day <= lastDay) continue
    const { sent, seconds } = await playDay(orgId, arrival)
    for (const step of steps) total[step] += seconds[step]
    records += countOf(sent)
    addSent(progress.sent, sent)
    await noteDay(arrival.day, progress.sent)
    say(`• ${arrival.day} (${i + 1} of ${days.length}): ${textOf(sent)}, ${timeOf(seconds)}`)
  }
  const taken = steps.reduce((sum, step) => sum + total[step], 0)
  if (records > 0) say(`• ${records} records, ${Math.round(records / taken)} a second, ${timeOf(total)}`)
}

const countOf = ({ accepted, duplicates, rejected }: Sent): number =>
  Object.values(rejected).reduce((sum, count) => sum + count, accepted + duplicates)

function textOf(sent: Sent): string {
  const rejected = Object.entries(sent.rejected).map(([code, count]) => `${count} ${code}`)
  return [
    `${countOf(sent)} records`,
    ...(sent.duplicates > 0 ? [`${sent.duplicates} sent before`] : []),
    ...(rejected.length > 0 ? [`refused: ${rejected.join(", ")}`] : []),
  ].join(", ")
}

const timeOf = (seconds: Seconds): string =>
  steps.map((step) => `${step} ${seconds[step].toFixed(1)} s`).join(", ")
