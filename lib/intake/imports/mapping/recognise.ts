import {
  targets,
  targetsOf,
  terminalTargets,
  type RecordFileKind,
  type Target,
  type TerminalTarget,
} from "@/lib/intake/imports/mapping/targets"
import { terminalNames } from "@/lib/intake/imports/mapping/terminal-names"
import { rowNumberNames, usualNames } from "@/lib/intake/imports/mapping/usual-names"

/** A header that is a name is no longer. */
const longestName = 200

/** A header as names are compared: one width, lower case, without spaces, punctuation and what stands in brackets. */
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

/** What a header usually is called for in files of records; null where nobody knows. */
export const recogniseHeader = (header: string): Target | null => nameOf.get(headerKey(header)) ?? null

/** As `recogniseHeader`, in files of terminals. */
export const recogniseTerminalHeader = (header: string): TerminalTarget | null =>
  terminalNameOf.get(headerKey(header)) ?? null

const recogniserOf = (kind: RecordFileKind) =>
  kind === "terminals" ? recogniseTerminalHeader : recogniseHeader

export const isRowNumber = (header: string): boolean => rowNumberNames.includes(headerKey(header))

/** Names that both kinds know say nothing of the kind. */
const tells = (kind: "transactions" | "heartbeats", target: Target): boolean => {
  const other = kind === "transactions" ? "heartbeats" : "transactions"
  return (
    (targetsOf[kind] as readonly Target[]).includes(target) &&
    !(targetsOf[other] as readonly Target[]).includes(target)
  )
}

/** What the file holds, by its headers: records have a time, and terminals a serial number and none. */
export function guessKind(headers: readonly string[]): RecordFileKind {
  const found = headers.map(recogniseHeader)
  const hasTime = found.some((target) => target === "at" || target === "date" || target === "time")
  if (!hasTime && headers.some((header) => recogniseTerminalHeader(header) === "serial")) return "terminals"
  const score = (kind: "transactions" | "heartbeats") =>
    found.filter((target) => target !== null && tells(kind, target)).length
  return score("heartbeats") > score("transactions") ? "heartbeats" : "transactions"
}

/**
 * What each column is: as `given` says, else by its usual name, each target once: the first column that has it
 * counts. Where nothing else names the terminal, its serial number does.
 */
export function assignColumns(
  headers: readonly string[],
  kind: RecordFileKind,
  given: Readonly<Record<string, Target>> = {},
): Record<string, Target> {
  const known: readonly Target[] = targetsOf[kind]
  const assigned: Record<string, Target> = {}
  const taken = new Set<Target>(
    headers.flatMap((header) => given[header] ?? []).filter((target) => target !== "ignore"),
  )
  for (const header of headers) {
    const own = given[header]
    const usual = recogniserOf(kind)(header)
    const target = own ?? usual ?? "ignore"
    if (own !== undefined || target === "ignore" || !known.includes(target) || taken.has(target))
      assigned[header] = own ?? "ignore"
    else {
      assigned[header] = target
      taken.add(target)
    }
  }
  if (kind === "terminals") return assigned
  if (!taken.has("terminal")) {
    const serial = headers.find(
      (header) => given[header] === undefined && ["serial", "tid"].includes(recogniseHeader(header) ?? ""),
    )
    if (serial !== undefined) assigned[serial] = "terminal"
  }
  // A date with a time beside it: 交易日期 and 交易时间 are two halves.
  const halves = {
    date: headers.find((header) => assigned[header] === "date"),
    at: headers.find((header) => assigned[header] === "at" && given[header] === undefined),
  }
  if (halves.date !== undefined && halves.at !== undefined) assigned[halves.at] = "time"
  return assigned
}
