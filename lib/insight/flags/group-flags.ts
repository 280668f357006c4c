import { groupBy } from "@/lib/base/group-by"
import type { Flag } from "@/lib/insight/flags/schemas"

const fewestInGroup = 3
const sharedReasons = new Set(["release_behind", "use_end_passed", "use_end_near"])

/**
 * Groups open flags that share one reason, such as a model's end of use on the same day. A group takes the
 * place of its first flag. Every other flag is a group of its own.
 */
export function groupFlags<One extends Flag>(flags: One[]): One[][] {
  const groups = groupBy(flags, (flag) => {
    const isShared =
      flag.status === "open" &&
      flag.terminal !== null &&
      flag.reasons.every(({ code }) => sharedReasons.has(code))
    return isShared ? JSON.stringify([flag.rule, flag.reasons]) : String(flag.id)
  })
  return [...groups.values()].flatMap((group) =>
    group.length < fewestInGroup ? group.map((flag) => [flag]) : [group],
  )
}
