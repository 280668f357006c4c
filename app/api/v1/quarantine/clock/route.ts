import { handler } from "@/lib/http/handler"
import { correctClocks } from "@/lib/quarantine/correct-clocks"
import { ClockBody, ClockQuery, Replayed } from "@/lib/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  query: ClockQuery,
  body: ClockBody,
  answer: Replayed,
  run: ({ actor, query, body }) => correctClocks({ actor, query, ...body }),
})
