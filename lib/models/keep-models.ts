import { approvalOf } from "@/lib/approvals/list-approvals"
import { approvals } from "@/lib/approvals/sql"
import { keeperOf } from "@/lib/catalogue/keeper"
import { modelOf } from "@/lib/models/list-models"
import type { Model, ModelDraft } from "@/lib/models/schemas"
import { deleteModel, insertModel, models, updateModel } from "@/lib/models/sql"

export const {
  add: addModel,
  change: changeModel,
  remove: removeModel,
} = keeperOf<ModelDraft, Model>({
  kind: "model",
  nameOf: ({ name }) => name,
  references: ({ manufacturer }) => ({ supplier: manufacturer }),
  find: async (db, id) => {
    const known = (await approvals(db, { model: id })).map(approvalOf)
    return (await models(db, id)).map((row) => modelOf(row, known))
  },
  insert: insertModel,
  update: updateModel,
  remove: deleteModel,
})
