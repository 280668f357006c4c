import { handler } from "@/lib/access/routes/handler"
import { deleteRegion } from "@/lib/fleet/regions/delete-region"
import { getRegion } from "@/lib/fleet/regions/list-regions"
import { changeRegion } from "@/lib/fleet/regions/save-region"
import { Region, RegionChange } from "@/lib/fleet/regions/schemas"
import { PlaceId } from "@/lib/fleet/stores/fields"

export const GET = handler({
  may: "fleet:read",
  params: PlaceId,
  answer: Region,
  run: ({ actor, params }) => getRegion({ actor, regionId: params.id }),
})

export const PATCH = handler({
  may: "catalogue:write",
  params: PlaceId,
  body: RegionChange,
  answer: Region,
  run: ({ actor, params, body }) => changeRegion({ actor, regionId: params.id, change: body }),
})

export const DELETE = handler({
  may: "catalogue:write",
  params: PlaceId,
  answer: Region,
  run: ({ actor, params }) => deleteRegion({ actor, regionId: params.id }),
})
