import { handler } from "@/lib/access/routes/handler"
import { changeStore } from "@/lib/fleet/stores/change-store"
import { deleteStore } from "@/lib/fleet/stores/delete-store"
import { PlaceId } from "@/lib/fleet/stores/fields"
import { getStore } from "@/lib/fleet/stores/list-stores"
import { Store, StoreChange } from "@/lib/fleet/stores/schemas"

export const GET = handler({
  may: "fleet:read",
  params: PlaceId,
  answer: Store,
  run: ({ actor, params }) => getStore({ actor, storeId: params.id }),
})

export const PATCH = handler({
  may: "inventory:write",
  params: PlaceId,
  body: StoreChange,
  answer: Store,
  run: ({ actor, params, body }) => changeStore({ actor, storeId: params.id, change: body }),
})

export const DELETE = handler({
  may: "catalogue:write",
  params: PlaceId,
  answer: Store,
  run: ({ actor, params }) => deleteStore({ actor, storeId: params.id }),
})
