import { handler } from "@/lib/http/handler"
import { cancelImport } from "@/lib/imports/cancel-import"
import { ImportId } from "@/lib/imports/schemas"

export const POST = handler({ may: "imports:write", params: ImportId, run: ({ actor, params }) => cancelImport({ actor, importId: params.id }) })
