import { listFlags } from "@/lib/flags/list-flags"
import { FlagPage, FlagQuery } from "@/lib/flags/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", query: FlagQuery, answer: FlagPage, run: listFlags })
