import { handler } from "@/lib/access/routes/handler"
import { getResults } from "@/lib/intake/imports/runs/get-results"
import { ImportId, ResultPage, ResultQuery } from "@/lib/intake/imports/runs/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  query: ResultQuery,
  answer: ResultPage,
  run: ({ actor, params, query }) => getResults({ actor, importId: params.id, query }),
})
