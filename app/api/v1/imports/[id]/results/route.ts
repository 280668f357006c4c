import { handler } from "@/lib/http/handler"
import { getResults } from "@/lib/imports/get-results"
import { ImportId, ResultPage, ResultQuery } from "@/lib/imports/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  query: ResultQuery,
  answer: ResultPage,
  run: ({ actor, params, query }) => getResults({ actor, importId: params.id, query }),
})
