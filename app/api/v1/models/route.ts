import { handler } from "@/lib/http/handler"
import { addModel } from "@/lib/models/keep-models"
import { listModels } from "@/lib/models/list-models"
import { ModelDraft } from "@/lib/models/schemas"

export const GET = handler({ may: "fleet:read", run: listModels })

export const POST = handler({ may: "catalogue:write", body: ModelDraft, run: addModel })
