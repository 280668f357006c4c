import { withoutUnit } from "@/lib/intake/imports/mapping/amount-unit"
import type { ColumnFacts, FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { rowNumberNames } from "@/lib/intake/imports/mapping/ignored-names"
import { readStatus } from "@/lib/intake/imports/mapping/read-status"
import {
  targets,
  targetsOf,
  terminalTargets,
  type RecordFileKind,
  type Target,
  type TerminalTarget,
} from "@/lib/intake/imports/mapping/targets"
import { terminalNames } from "@/lib/intake/imports/mapping/terminal-names"
import { usualNames } from "@/lib/intake/imports/mapping/usual-names"

/** No column name is longer. */
const longestName = 200

/**
 * Normalises a header for comparison: one width, lower case, without spaces, punctuation and text in
 * brackets.
 */
export const headerKey = (header: string): string =>
  header
    .slice(0, longestName)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[（(【[][^）)】\]]*[）)】\]]/g, "")
    .replaceAll(/[\s_\-.:：*'"“”]/g, "")

const nameOf = new Map<string, Target>([
  ...targets.map((target) => [headerKey(target), target] as const),
  ...targets.flatMap((target) => (usualNames[target] ?? []).map((name) => [name, target] as const)),
])

const terminalNameOf = new Map<string, TerminalTarget>([
  ...terminalTargets.map((target) => [headerKey(target), target] as const),
  ...terminalTargets.flatMap((target) => terminalNames[target].map((name) => [name, target] as const)),
])

/** Text in brackets for money paid out: 金额(付). */
const paidOut = /[（(【[]\s*(?:付|付款|支出|借|借方|退|退款|退货|out|debit|dr|refund)\s*[)）】\]]/i

/** Targets whose headers can name a unit. */
const amountTargets: readonly Target[] = ["amount", "amountOut"]

/** The target that a header usually names in files of records; null if it is unknown. */
export function recogniseHeader(header: string): Target | null {
  const bare = () => nameOf.get(headerKey(withoutUnit(header)))
  const target = nameOf.get(headerKey(header)) ?? amountTargets.find((one) => one === bare()) ?? null
  return target === "amount" && paidOut.test(header) ? "amountOut" : target
}

/** Like `recogniseHeader`, for files of terminals. */
export const recogniseTerminalHeader = (header: string): TerminalTarget | null =>
  terminalNameOf.get(headerKey(header)) ?? null

const recogniserOf = (kind: RecordFileKind) =>
  kind === "terminals" ? recogniseTerminalHeader : recogniseHeader

export const isRowNumber = (header: string): boolean => rowNumberNames.includes(headerKey(header))

/** Names that both kinds use do not show the kind. */
const tells = (kind: "transactions" | "heartbeats", target: Target): boolean => {
  const other = kind === "transactions" ? "heartbeats" : "transactions"
  return (
    (targetsOf[kind] as readonly Target[]).includes(target) &&
    !(targetsOf[other] as readonly Target[]).includes(target)
  )
}

const ofSalesAlone: readonly (Target | null)[] = ["amount", "amountOut", "amountMinor", "outcome"]

/**
 * The kind of a file by its headers. Records have a time or an amount; terminals have a serial number and
 * neither.
 */
export function guessKind(headers: readonly string[]): RecordFileKind {
  const found = headers.map(recogniseHeader)
  const hasTime = found.some((target) => target === "at" || target === "date" || target === "time")
  const hasSales = found.some((target) => ofSalesAlone.includes(target))
  if (!hasTime && !hasSales && headers.some((header) => recogniseTerminalHeader(header) === "serial"))
    return "terminals"
  const score = (kind: "transactions" | "heartbeats") =>
    found.filter((target) => target !== null && tells(kind, target)).length
  return score("heartbeats") > score("transactions") ? "heartbeats" : "transactions"
}

const hasWords = (facts: ColumnFacts | undefined): boolean =>
  facts?.values?.some(([text]) => /\p{L}/u.test(text)) ?? true

/** Columns that have a status as a number beside a column with its name. */
function numberedStatuses(headers: readonly string[], facts: FileFacts): string[] {
  const statuses = headers.filter((header) => recogniseHeader(header) === "status")
  const numbered = statuses.filter((header) => !hasWords(facts[header]))
  return numbered.length < statuses.length ? numbered : []
}

const mostTypes = 30

/** A column without a target whose texts are all words for sales, some of them for a refund or a void. */
const isOfTypes = (facts: ColumnFacts | undefined): boolean => {
  const texts = facts?.values?.map(([text]) => text) ?? []
  const said = texts.map(readStatus)
  return texts.length <= mostTypes && !said.includes(null) && said.some((one) => one?.kind != null)
}

/**
 * The target of each column: from `given`, or else by its usual name. Only the first column of a target
 * counts. If no other column names the terminal, its serial number does.
 */
export function assignColumns(
  headers: readonly string[],
  kind: RecordFileKind,
  given: Readonly<Record<string, Target>> = {},
  facts: FileFacts = {},
): Record<string, Target> {
  const known: readonly Target[] = targetsOf[kind]
  const assigned: Record<string, Target> = {}
  const taken = new Set<Target>(
    headers.flatMap((header) => given[header] ?? []).filter((target) => target !== "ignore"),
  )
  const passedOver = kind === "transactions" ? numberedStatuses(headers, facts) : []
  for (const header of headers) {
    const own = given[header]
    const usual = passedOver.includes(header) ? null : recogniserOf(kind)(header)
    const target = own ?? usual ?? "ignore"
    if (own !== undefined || target === "ignore" || !known.includes(target) || taken.has(target))
      assigned[header] = own ?? "ignore"
    else {
      assigned[header] = target
      taken.add(target)
    }
  }
  if (kind === "terminals") return assigned
  if (kind === "transactions" && !taken.has("type")) {
    const free = (header: string) => assigned[header] === "ignore" && given[header] === undefined
    const types = headers.find((header) => free(header) && isOfTypes(facts[header]))
    if (types !== undefined) assigned[types] = "type"
  }
  if (!taken.has("terminal")) {
    const serial = headers.find(
      (header) => given[header] === undefined && ["serial", "tid"].includes(recogniseHeader(header) ?? ""),
    )
    if (serial !== undefined) assigned[serial] = "terminal"
  }
  // A date with a time beside it: 交易日期 and 交易时间 are two parts of one time.
  const halves = {
    date: headers.find((header) => assigned[header] === "date"),
    at: headers.find((header) => assigned[header] === "at" && given[header] === undefined),
  }
  if (halves.date !== undefined && halves.at !== undefined) assigned[halves.at] = "time"
  return assigned
}
