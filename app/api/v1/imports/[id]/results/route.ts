import { handler } from "@/lib/http/handler"
import { getResults } from "@/lib/imports/get-results"
import { ImportId, ResultQuery } from "@/lib/imports/schemas"

export const GET = handler({
  may: "imports:write", params: ImportId, query: ResultQuery,
  run: ({ actor, params, query }) => getResults({ actor, importId: params.id, query }),
})
