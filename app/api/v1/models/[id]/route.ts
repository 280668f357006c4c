import { handler } from "@/lib/access/routes/handler"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { changeModel, removeModel } from "@/lib/fleet/models/change-models"
import { getModel } from "@/lib/fleet/models/get-model"
import { Model, ModelDraft, ModelPage } from "@/lib/fleet/models/schemas"

export const GET = handler({ may: "fleet:read", params: EntryId, answer: ModelPage, run: getModel })

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: ModelDraft,
  answer: Model,
  run: changeModel,
})

export const DELETE = handler({ may: "catalogue:write", params: EntryId, answer: EntryId, run: removeModel })
