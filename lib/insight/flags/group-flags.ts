import type { Flag } from "@/lib/insight/flags/schemas"

const fewestTogether = 3
const ofAllAlike = new Set(["release_behind", "use_end_passed", "use_end_near"])

/**
 * A release behind policy or a model's end of use is one piece of news about many terminals: open flags that
 * say the same, to the day, stand together where the first of them stood. All others stay alone.
 */
export function groupFlags(flags: Flag[]): Flag[][] {
  const groups = new Map<string, Flag[]>()
  for (const flag of flags) {
    const isShared =
      flag.status === "open" &&
      flag.terminal !== null &&
      flag.reasons.every(({ code }) => ofAllAlike.has(code))
    const key = isShared ? JSON.stringify([flag.rule, flag.reasons]) : String(flag.id)
    groups.set(key, [...(groups.get(key) ?? []), flag])
  }
  return [...groups.values()].flatMap((group) =>
    group.length < fewestTogether ? group.map((flag) => [flag]) : [group],
  )
}
