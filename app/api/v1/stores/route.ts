import { handler } from "@/lib/access/routes/handler"
import { createStore } from "@/lib/fleet/stores/create-store"
import { listStores } from "@/lib/fleet/stores/list-stores"
import { NewStore, Store, StorePage, StoreQuery } from "@/lib/fleet/stores/schemas"

export const GET = handler({ may: "fleet:read", query: StoreQuery, answer: StorePage, run: listStores })

export const POST = handler({
  may: "catalogue:write",
  body: NewStore,
  answer: Store,
  run: ({ actor, body }) => createStore({ actor, store: body }),
})
