import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { isForeignKeyViolation, isUniqueViolation } from "@/lib/base/db/failures"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { EntryId } from "@/lib/fleet/catalogue/fields"
import { unknownReferences, type References } from "@/lib/fleet/catalogue/sql"
import { noteModel } from "@/lib/fleet/changes/note-changes"

/** One noun of the catalogue. A draft is the editable part of an entry. */
type Noun<Draft extends object, Entry extends Draft & { id: number }> = {
  /** The noun in audit actions, as in `supplier.added`. */
  kind: "acquirer" | "approval" | "model" | "release" | "releasePolicy" | "supplier"
  nameOf: (draft: Draft) => string
  references: (draft: Draft) => References
  /** Refuses what the schema cannot know. */
  check?: (db: Db, draft: Draft) => Promise<void>
  /** The models whose terminals the entry matters to; null stands for all models. */
  models?: (entry: Draft & { id: number }) => (number | null)[]
  find: (db: Db, id: number) => Promise<Entry[]>
  insert: (db: Db, orgId: string, draft: Draft) => Promise<{ id: number }[]>
  update: (db: Db, id: number, draft: Draft) => Promise<unknown>
  /** No row if a table without a foreign key still refers to the entry. */
  remove: (db: Db, id: number) => Promise<{ id: number }[]>
}

type Change<Draft> = { actor: Actor; params: EntryId; body: Draft }

const taken = () => new AppError("conflict", "An entry with this name already exists.")
const inUse = () =>
  new AppError("conflict", "This entry is in use and cannot be deleted.", { reason: "in_use" })

/**
 * The verbs that add, change and remove entries of a noun. They check references, refuse duplicates and
 * entries in use, and write audit entries.
 */
export function catalogueVerbs<Draft extends object, Entry extends Draft & { id: number }>(
  noun: Noun<Draft, Entry>,
) {
  const findOrThrow = async (db: Db, id: number): Promise<Entry> => {
    const [entry] = await noun.find(db, id)
    if (!entry) throw new AppError("not_found", `This ${noun.kind} does not exist.`)
    return entry
  }
  const noteModels = async (db: Db, ...entries: (Draft & { id: number })[]): Promise<void> => {
    for (const model of new Set(entries.flatMap((entry) => noun.models?.(entry) ?? [])))
      await noteModel(db, model)
  }
  const subject = (id: number, draft: Draft) => ({ kind: noun.kind, id, name: noun.nameOf(draft) })

  return {
    add: ({ actor, body }: { actor: Actor; body: Draft }): Promise<Entry> =>
      writing(actor, taken, async (db) => {
        await requireKnown(db, noun.references(body))
        await noun.check?.(db, body)
        const [made] = await noun.insert(db, actor.orgId, body)
        if (!made) throw new Error("no row returned for the inserted entry")
        await noteModels(db, { ...body, id: made.id })
        await recordAudit(db, actor, [
          { action: `${noun.kind}.added`, subject: subject(made.id, body), after: body },
        ])
        return findOrThrow(db, made.id)
      }),

    change: ({ actor, params: { id }, body }: Change<Draft>): Promise<Entry> =>
      writing(actor, taken, async (db) => {
        const before = await findOrThrow(db, id)
        await requireKnown(db, noun.references(body))
        await noun.check?.(db, body)
        await noun.update(db, id, body)
        await noteModels(db, before, { ...body, id })
        const changed = changedFields<Draft>(before, body)
        if (changed)
          await recordAudit(db, actor, [
            { action: `${noun.kind}.changed`, subject: subject(id, body), ...changed },
          ])
        return findOrThrow(db, id)
      }),

    remove: ({ actor, params: { id } }: { actor: Actor; params: EntryId }): Promise<EntryId> =>
      writing(actor, inUse, async (db) => {
        const before = await findOrThrow(db, id)
        const [removed] = await noun.remove(db, id)
        if (!removed) throw inUse()
        await noteModels(db, before)
        await recordAudit(db, actor, [
          { action: `${noun.kind}.removed`, subject: subject(id, before), before },
        ])
        return { id }
      }),
  }
}

async function writing<T>(actor: Actor, refusal: () => AppError, run: (db: Db) => Promise<T>): Promise<T> {
  requirePermission(actor, "catalogue:write")
  try {
    return await inOrganisation(actor, run)
  } catch (error) {
    throw isUniqueViolation(error) || isForeignKeyViolation(error) ? refusal() : error
  }
}

async function requireKnown(db: Db, references: References): Promise<void> {
  const [unknown] = await unknownReferences(db, references)
  if (unknown) throw new AppError("invalid", `${unknown.field}: unknown id.`, { field: unknown.field })
}
