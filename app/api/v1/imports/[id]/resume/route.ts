import { handler } from "@/lib/http/handler"
import { resumeImport } from "@/lib/imports/start-import"
import { ImportId, ImportRun } from "@/lib/imports/schemas"

export const POST = handler({ may: "imports:write", params: ImportId, answer: ImportRun, run: ({ actor, params }) => resumeImport({ actor, importId: params.id }) })
