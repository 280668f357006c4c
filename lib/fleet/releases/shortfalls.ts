import { addDays, type Day } from "@/lib/base/time/zone"
import type { Component } from "@/lib/fleet/catalogue/components"
import type { PolicyDraft, Release } from "@/lib/fleet/releases/schemas"
import { compareVersions, isBehind, lineOf } from "@/lib/fleet/releases/version"

export type KnownRelease = Pick<Release, "component" | "version" | "model" | "releasedOn">

/** What versions are compared with. */
export type Standards = { policies: readonly PolicyDraft[]; releases: readonly KnownRelease[] }

/** A version of a component that terminals of a model run. Null where they have none or do not say. */
export type Running = { component: Component; version: string | null; model: number | null }

/** What a version falls short of, and the day from which on that counts; null: at once. */
type Shortfall = { dueOn: Day | null } & (
  | { code: "release_behind"; current: string; minimum: string }
  /** `lines` newer release lines are known, such as 5.2 and 5.3 of 5.1.7. */
  | { code: "lines_behind"; current: string; newest: string; lines: number }
  | { code: "patch_too_old"; current: Day; days: number }
)

const isOf = (model: number | null, running: Running) => model === null || model === running.model

const policiesFor = (running: Running, { policies }: Standards) =>
  policies.filter(({ component, model }) => component === running.component && isOf(model, running))

const releasesFor = (running: Running, { releases }: Standards) =>
  releases.filter(({ component, model }) => component === running.component && isOf(model, running))

/** Whether a policy requires something of it. */
export const isRequired = (running: Running, standards: Standards): boolean =>
  policiesFor(running, standards).length > 0

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)
const later = (a: Day | null, b: Day): Day => (a === null || a < b ? b : a)

/** When a security patch becomes too old, and when that is near: at half of the age. */
const tooOldOn = (patch: Day, maxAgeDays: number) => addDays(patch, maxAgeDays + 1)
const nearlyOldOn = (patch: Day, maxAgeDays: number) => addDays(patch, Math.floor(maxAgeDays / 2) + 1)

// Many terminals run the same versions.
const compared = new WeakMap<Standards, Map<string, Shortfall[]>>()

/** What a version falls short of today or, if it is due on a later day, from then on. */
export function shortfallsOf(running: Running, standards: Standards, today: Day): Shortfall[] {
  const known = compared.get(standards) ?? new Map<string, Shortfall[]>()
  compared.set(standards, known)
  const key = JSON.stringify([running.component, running.version, running.model, today])
  const shortfalls = known.get(key) ?? compare(running, standards, today)
  known.set(key, shortfalls)
  return shortfalls
}

function compare(running: Running, standards: Standards, today: Day): Shortfall[] {
  const { version: current } = running
  if (current === null) return []
  const released = releasesFor(running, standards).filter(
    ({ releasedOn }) => releasedOn === null || releasedOn <= today,
  )
  return policiesFor(running, standards).flatMap((policy): Shortfall[] => {
    const { minimumVersion: minimum, mostLinesBehind, maxAgeDays, dueOn } = policy
    const found: Shortfall[] = []
    if (minimum !== null && isBehind(current, minimum))
      found.push({ code: "release_behind", current, minimum, dueOn })
    const behind = mostLinesBehind === null ? null : linesBehind(current, released)
    if (behind !== null && behind.lines > (mostLinesBehind ?? 0))
      found.push({ code: "lines_behind", current, ...behind, dueOn })
    if (maxAgeDays !== null && isDay(current) && nearlyOldOn(current, maxAgeDays) <= today)
      found.push({
        code: "patch_too_old",
        current,
        days: maxAgeDays,
        dueOn: later(dueOn, tooOldOn(current, maxAgeDays)),
      })
    return found
  })
}

/** How many newer lines are known, and the newest version. Null if it is of the newest line. */
function linesBehind(current: string, released: readonly KnownRelease[]) {
  const newer = released
    .map(({ version }) => version)
    .filter((version) => isBehind(current, version) && isBehind(lineOf(current), lineOf(version)))
    .toSorted(compareVersions)
  const newest = newer.at(-1)
  return newest === undefined ? null : { newest, lines: new Set(newer.map(lineOf)).size }
}

export const isDue = ({ dueOn }: Shortfall, today: Day): boolean => dueOn === null || dueOn <= today

/** Days to come on which what is due changes although the version does not. */
export function changesOn(running: Running, standards: Standards, today: Day): Day[] {
  const { version } = running
  if (version === null) return []
  const policies = policiesFor(running, standards)
  const patchDays = policies.flatMap(({ maxAgeDays }) =>
    maxAgeDays !== null && isDay(version) ? [tooOldOn(version, maxAgeDays)] : [],
  )
  const releasedOn = policies.some(({ mostLinesBehind }) => mostLinesBehind !== null)
    ? releasesFor(running, standards).map((release) => release.releasedOn)
    : []
  return [...policies.map(({ dueOn }) => dueOn), ...patchDays, ...releasedOn].flatMap((day) =>
    day !== null && day > today ? [day] : [],
  )
}

/** Null if the version is unknown. */
export type Standing = "behind" | "soon" | "met" | null

/** How terminals with a version stand: behind, soon behind, or neither. */
export function standingOf(running: Running, standards: Standards, today: Day): Standing {
  if (running.version === null) return null
  const shortfalls = shortfallsOf(running, standards, today)
  if (shortfalls.some((one) => isDue(one, today))) return "behind"
  return shortfalls.length > 0 ? "soon" : "met"
}
