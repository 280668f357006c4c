import { knownApprovals } from "@/lib/fleet/approvals/list-approvals"
import { catalogueVerbs } from "@/lib/fleet/catalogue/catalogue-verbs"
import { findModel, modelOf } from "@/lib/fleet/models/list-models"
import type { Model, ModelDraft } from "@/lib/fleet/models/schemas"
import { deleteModel, insertModel, updateModel } from "@/lib/fleet/models/sql"

export const {
  add: addModel,
  change: changeModel,
  remove: removeModel,
} = catalogueVerbs<ModelDraft, Model>({
  kind: "model",
  nameOf: ({ name }) => name,
  references: ({ manufacturer }) => ({ supplier: manufacturer }),
  models: ({ id }) => [id],
  find: async (db, id) => {
    const known = await knownApprovals(db, { model: id })
    return (await findModel(db, id)).map((row) => modelOf(row, known))
  },
  insert: insertModel,
  update: updateModel,
  remove: deleteModel,
})
