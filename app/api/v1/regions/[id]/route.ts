import { handler } from "@/lib/http/handler"
import { deleteRegion } from "@/lib/regions/delete-region"
import { getRegion } from "@/lib/regions/list-regions"
import { changeRegion } from "@/lib/regions/save-region"
import { Region, RegionChange } from "@/lib/regions/schemas"
import { PlaceId } from "@/lib/stores/fields"

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
