import { handler } from "@/lib/http/handler"
import { createStore } from "@/lib/stores/create-store"
import { listStores } from "@/lib/stores/list-stores"
import { NewStore, Store, StorePage, StoreQuery } from "@/lib/stores/schemas"

export const GET = handler({ may: "fleet:read", query: StoreQuery, answer: StorePage, run: listStores })

export const POST = handler({
  may: "catalogue:write",
  body: NewStore,
  answer: Store,
  run: ({ actor, body }) => createStore({ actor, store: body }),
})
