import { handler } from "@/lib/access/routes/handler"
import { getFlag } from "@/lib/insight/handling/get-flag"
import { FlagDetail, FlagId } from "@/lib/insight/handling/schemas"

export const GET = handler({
  may: "fleet:read",
  params: FlagId,
  answer: FlagDetail,
  run: ({ actor, params }) => getFlag({ actor, flagId: params.id }),
})
