import { handler } from "@/lib/http/handler"
import { cancelImport } from "@/lib/imports/cancel-import"
import { ImportId } from "@/lib/imports/schemas"

export const POST = handler({ auth: "ingest", params: ImportId, run: ({ actor, params }) => cancelImport({ actor, importId: params.id }) })
