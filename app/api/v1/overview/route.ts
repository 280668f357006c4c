import { handler } from "@/lib/http/handler"
import { overview } from "@/lib/overview/overview"
import { OverviewQuery } from "@/lib/overview/schemas"

export const GET = handler({ may: "fleet:read", query: OverviewQuery, run: overview })
