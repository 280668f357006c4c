import { handler } from "@/lib/access/routes/handler"
import { addModel } from "@/lib/fleet/models/change-models"
import { listModels } from "@/lib/fleet/models/list-models"
import { Model, ModelDraft, ModelList } from "@/lib/fleet/models/schemas"

export const GET = handler({ may: "fleet:read", answer: ModelList, run: listModels })

export const POST = handler({ may: "catalogue:write", body: ModelDraft, answer: Model, run: addModel })
