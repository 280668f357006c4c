import { roles, type Role } from "@/lib/access/actor/actor"
import { permissions } from "@/lib/access/actor/permissions"
import type { Reach } from "@/lib/access/actor/schemas"
import type { MappedRole } from "@/lib/access/sign-on/words"

export type Access<R extends Role = MappedRole> = { role: R; reach: Reach }

const rightsOf = (role: Role) =>
  Object.values(permissions).filter((rule) => rule.roles.some((known) => known === role)).length
const byRights = (a: Role, b: Role) => rightsOf(b) - rightsOf(a) || roles.indexOf(a) - roles.indexOf(b)

const merged = (ids: number[][]) => [...new Set(ids.flat())].toSorted((a, b) => a - b)

/** What several groups give together: the role with the most permissions, and the places of all. */
export function combineAccess(mappings: readonly Access[]): Access | null {
  const [role] = mappings.map((mapping) => mapping.role).toSorted(byRights)
  if (role === undefined) return null
  const reaches = mappings.map(({ reach }) => reach).filter((reach) => reach !== null)
  if (reaches.length < mappings.length) return { role, reach: null }
  return {
    role,
    reach: {
      merchants: merged(reaches.map(({ merchants }) => merchants)),
      regions: merged(reaches.map(({ regions }) => regions)),
      stores: merged(reaches.map(({ stores }) => stores)),
    },
  }
}

/** Whether two reaches contain the same places. */
export const isSameReach = (a: Reach, b: Reach): boolean =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b))

const inOrder = (reach: Reach) =>
  reach && [merged([reach.merchants]), merged([reach.regions]), merged([reach.stores])]
