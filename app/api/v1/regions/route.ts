import { handler } from "@/lib/http/handler"
import { listRegions } from "@/lib/regions/list-regions"
import { createRegion } from "@/lib/regions/save-region"
import { NewRegion, Region, RegionPage, RegionQuery } from "@/lib/regions/schemas"

export const GET = handler({ may: "fleet:read", query: RegionQuery, answer: RegionPage, run: listRegions })

export const POST = handler({
  may: "catalogue:write",
  body: NewRegion,
  answer: Region,
  run: ({ actor, body }) => createRegion({ actor, region: body }),
})
