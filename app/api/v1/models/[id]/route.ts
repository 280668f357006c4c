import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"
import { getModel } from "@/lib/models/get-model"
import { changeModel, removeModel } from "@/lib/models/keep-models"
import { Model, ModelDraft, ModelPage } from "@/lib/models/schemas"

export const GET = handler({ may: "fleet:read", params: EntryId, answer: ModelPage, run: getModel })

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: ModelDraft,
  answer: Model,
  run: changeModel,
})

export const DELETE = handler({ may: "catalogue:write", params: EntryId, answer: EntryId, run: removeModel })
