import { handler } from "@/lib/access/routes/handler"
import { listReplaced } from "@/lib/outlook/replacements/list-replaced"
import { ReplacedPage, ReplacedQuery } from "@/lib/outlook/replacements/schemas"

export const GET = handler({
  may: "fleet:read",
  query: ReplacedQuery,
  answer: ReplacedPage,
  run: ({ actor, query }) => listReplaced({ actor, query }),
})
