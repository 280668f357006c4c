import { handler } from "@/lib/http/handler"
import { addModel } from "@/lib/models/keep-models"
import { listModels } from "@/lib/models/list-models"
import { Model, ModelDraft, ModelList } from "@/lib/models/schemas"

export const GET = handler({ may: "fleet:read", answer: ModelList, run: listModels })

export const POST = handler({ may: "catalogue:write", body: ModelDraft, answer: Model, run: addModel })
