import { handler } from "@/lib/access/routes/handler"
import { rehearse } from "@/lib/insight/sensitivity/rehearse"
import { Rehearsals } from "@/lib/insight/sensitivity/schemas"

export const GET = handler({
  may: "fleet:read",
  answer: Rehearsals,
  run: ({ actor }) => rehearse({ actor }),
})
