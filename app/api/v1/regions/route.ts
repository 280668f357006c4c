import { handler } from "@/lib/http/handler"
import { listRegions } from "@/lib/regions/list-regions"
import { createRegion } from "@/lib/regions/save-region"
import { RegionQuery, NewRegion } from "@/lib/regions/schemas"

export const GET = handler({ may: "fleet:read", query: RegionQuery, run: listRegions })

export const POST = handler({ may: "catalogue:write", body: NewRegion, run: ({ actor, body }) => createRegion({ actor, region: body }) })
