import { asWorker } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { isRight, isWrong } from "@/lib/insight/flags/outcomes"
import type { RuleName } from "@/lib/insight/flags/words"
import type { FailureKind } from "@/lib/insight/verdicts/kind"
import { byFindings, RatioTally, type Known } from "@/lib/insight/verdicts/learn-ratios"
import type { VerdictCause } from "@/lib/insight/verdicts/priors"
import {
  findingsOf,
  insertRatios,
  newestRatios,
  salesOfFindings,
  type FindingRow,
  type SaleOfFinding,
} from "@/lib/insight/verdicts/ratios-sql"

/** The kinds of failures that a rule of the terminal's own faults is about. */
const kindsOf: Partial<Record<RuleName, readonly FailureKind[]>> = {
  communication: ["line", "host"],
  chip_reader: ["chip"],
  contactless_reader: ["contactless"],
  magstripe_reader: ["magstripe"],
  pin_pad: ["pin"],
  clock: ["expired"],
}
const rules = Object.keys(kindsOf)
const kindsOfRule = (rule: string): readonly FailureKind[] => kindsOf[rule as RuleName] ?? []

/** Failures long before a visit may have had another cause. */
const longestMs = 28 * 86_400_000

type Night = { orgId: string; at: Date }

/**
 * Learns what evidence weighs from what was found since the last time. A fault that was fixed was the cause
 * of the failures under its flag; where none was found, the likeliest other cause was.
 */
export async function learnFromFindings({ orgId, at }: Night): Promise<void> {
  await asWorker(async (db) => {
    const [before] = await newestRatios(db, orgId)
    const found = await findingsOf(db, { orgId, after: before?.learnt_to ?? null, until: at, rules })
    const told = found.filter(({ outcome }) => isRight(outcome) || isWrong(outcome))
    if (told.length === 0) return
    const sales = groupBy(await salesOfFindings(db, told.map(askedOf)), ({ finding }) => finding)
    const tally = new RatioTally(before?.counts)
    for (const finding of told)
      for (const known of knownOf(finding, sales.get(finding.id) ?? [])) tally.add(known)
    await insertRatios(db, {
      orgId,
      version: (before?.version ?? 0) + 1,
      learnt_to: at,
      findings: (before?.findings ?? 0) + told.length,
      counts: tally.counts,
      ratios: tally.learnt(byFindings),
    })
  })
}

const askedOf = ({ id, terminal_id: terminalId, rule, since_at: since, found_at: to }: FindingRow) => ({
  finding: id,
  terminalId,
  kinds: kindsOfRule(rule),
  from: new Date(Math.max(since.getTime(), to.getTime() - longestMs)),
  to,
})

/** The sales of a finding weigh as much as one: they have the same cause. */
const knownOf = ({ outcome }: FindingRow, sales: readonly SaleOfFinding[]): Known[] =>
  sales.map(({ kind, codes, ...p }) => ({
    kind,
    codes,
    real: isRight(outcome) ? "device" : likeliest(p),
    weight: 1 / sales.length,
  }))

const others: readonly VerdictCause[] = ["card", "operator", "system"]
const likeliest = (p: Omit<SaleOfFinding, "kind" | "codes">): VerdictCause =>
  others.reduce((best, one) => (p[one] > p[best] ? one : best), "card")
