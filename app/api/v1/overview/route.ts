import { handler } from "@/lib/access/routes/handler"
import { overview } from "@/lib/outlook/overview/overview"
import { Overview, OverviewQuery } from "@/lib/outlook/overview/schemas"

export const GET = handler({ may: "fleet:read", query: OverviewQuery, answer: Overview, run: overview })
