import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { nameReaches, requireKnownPlaces } from "@/lib/access/actor/places"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { isSameReach } from "@/lib/access/sign-on/combine-access"
import type { GroupMapping, GroupMappings, MappingRequest } from "@/lib/access/sign-on/schemas"
import {
  deleteMapping,
  endSessionsOfLinked,
  mappingOf,
  mappings,
  saveMapping as save,
  type MappingRow,
} from "@/lib/access/sign-on/sql"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Lists what the provider's groups give in the organisation. */
export async function listMappings({ actor }: { actor: Actor }): Promise<GroupMappings> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, async (db) => {
    const rows = await mappings(db)
    const reaches = await nameReaches(
      db,
      rows.map(({ reach }) => reach),
    )
    return { data: rows.map((row, i) => ({ ...row, reach: reaches[i] ?? null })) }
  })
}

/** Maps a group to a role and reach. Replaces the group's former mapping. */
export async function saveMapping({
  actor,
  ...wanted
}: { actor: Actor } & MappingRequest): Promise<GroupMapping> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, async (db) => {
    await requireKnownPlaces(db, wanted.reach)
    const [before] = await mappingOf(db, wanted.group)
    const [mapping] = await save(db, { orgId: actor.orgId, ...wanted })
    if (!mapping) throw new Error("no row returned for the saved mapping")
    const isNew = before === undefined
    if (isNew || before.role !== mapping.role || !isSameReach(before.reach, mapping.reach)) {
      await recordAudit(db, actor, [
        {
          action: isNew ? "mapping.added" : "mapping.changed",
          subject: subjectOf(mapping),
          before: isNew ? null : rightsOf(before),
          after: rightsOf(mapping),
        },
      ])
      if (!isNew) await endSessionsOfLinked(db, actor.id)
    }
    return named(db, mapping)
  })
}

/** Deletes a group's mapping. */
export async function removeMapping({ actor, id }: { actor: Actor; id: number }): Promise<{ id: number }> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, async (db) => {
    const [mapping] = await deleteMapping(db, id)
    if (!mapping) throw new AppError("not_found", "This mapping does not exist.")
    await recordAudit(db, actor, [
      { action: "mapping.removed", subject: subjectOf(mapping), before: rightsOf(mapping) },
    ])
    // Groups are not stored with users, so everyone who signed in by group signs in again and gets what
    // their groups give now.
    await endSessionsOfLinked(db, actor.id)
    return { id }
  })
}

const subjectOf = ({ id, group }: MappingRow) => ({ kind: "group_mapping", id, name: group })
const rightsOf = ({ role, reach }: MappingRow) => ({ role, reach })

async function named(db: Db, { reach, ...mapping }: MappingRow): Promise<GroupMapping> {
  const [places = null] = await nameReaches(db, [reach])
  return { ...mapping, reach: places }
}
