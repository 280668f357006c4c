import { handler } from "@/lib/access/routes/handler"
import { listFlags } from "@/lib/insight/flags/list-flags"
import { FlagPage, FlagQuery } from "@/lib/insight/flags/schemas"

export const GET = handler({ may: "fleet:read", query: FlagQuery, answer: FlagPage, run: listFlags })
