import { listFlags } from "@/lib/flags/list-flags"
import { FlagQuery } from "@/lib/flags/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", query: FlagQuery, run: listFlags })
