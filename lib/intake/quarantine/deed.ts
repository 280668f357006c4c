import type { Action } from "@/lib/access/audit/actions"
import type { Deed } from "@/lib/access/audit/record-deeds"

/** What was done to some of the records, which the trail names by the first and the last of them. */
export function deedOf(
  action: Extract<Action, `quarantine.${string}`>,
  ids: number[],
  after: object = {},
): Deed {
  const [first, last] = ids.reduce(
    ([least, most], id) => [Math.min(least, id), Math.max(most, id)] as const,
    [Infinity, -Infinity] as const,
  )
  return {
    action,
    subject: { kind: "quarantine", id: first, name: first === last ? `#${first}` : `#${first}–#${last}` },
    after: { records: ids.length, ...after },
  }
}
