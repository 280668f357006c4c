import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { readPage } from "@/lib/base/pages/read-page"
import { storeNames } from "@/lib/fleet/stores/namesakes"
import type { Training, TrainingPage, TrainingQuery } from "@/lib/insight/trainings/schemas"
import {
  effectsOf,
  trainingById,
  trainingOrder,
  trainingPage,
  type TrainingRow,
} from "@/lib/insight/trainings/sql"
import { trainingOf } from "@/lib/insight/trainings/training-of"

type Input = { actor: Actor; query: TrainingQuery }

/** Trainings with their effect, the latest first. */
export async function listTrainings({
  actor,
  query: { store, cursor, limit },
}: Input): Promise<TrainingPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(trainingOrder, { cursor, limit }, (slice) =>
      trainingPage(db, store, slice),
    )
    const trainings = await withEffects(db, rows)
    const nameOf = await storeNames(
      db,
      trainings.map(({ store: { id } }) => id),
    )
    const data = trainings.map((training) => {
      const { id, name } = training.store
      return { ...training, store: { id, name: nameOf(id, name) } }
    })
    return { data, ...links }
  })
}

/** A training within reach, or an error. */
export async function findTraining(db: Db, id: number): Promise<Training> {
  const [training] = await withEffects(db, await trainingById(db, id))
  if (!training) throw new AppError("not_found", "There is no such training.")
  return training
}

async function withEffects(db: Db, rows: readonly TrainingRow[]): Promise<Training[]> {
  const effects = rows.length === 0 ? [] : await effectsOf(db, rows)
  const byId = new Map(effects.map((effect) => [effect.id, effect]))
  return rows.map((row) => trainingOf(row, byId.get(row.id)))
}
