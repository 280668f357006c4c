import { handler } from "@/lib/http/handler"
import { overview } from "@/lib/overview/overview"
import { Overview, OverviewQuery } from "@/lib/overview/schemas"

export const GET = handler({ may: "fleet:read", query: OverviewQuery, answer: Overview, run: overview })
