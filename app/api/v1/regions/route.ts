import { handler } from "@/lib/access/routes/handler"
import { listRegions } from "@/lib/fleet/regions/list-regions"
import { createRegion } from "@/lib/fleet/regions/save-region"
import { NewRegion, Region, RegionPage, RegionQuery } from "@/lib/fleet/regions/schemas"

export const GET = handler({ may: "fleet:read", query: RegionQuery, answer: RegionPage, run: listRegions })

export const POST = handler({
  may: "catalogue:write",
  body: NewRegion,
  answer: Region,
  run: ({ actor, body }) => createRegion({ actor, region: body }),
})
