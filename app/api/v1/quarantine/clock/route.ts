import { handler } from "@/lib/access/routes/handler"
import { correctClocks } from "@/lib/intake/quarantine/correct-clocks"
import { ClockBody, ClockQuery, Replayed } from "@/lib/intake/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  query: ClockQuery,
  body: ClockBody,
  answer: Replayed,
  run: ({ actor, query, body }) => correctClocks({ actor, query, ...body }),
})
