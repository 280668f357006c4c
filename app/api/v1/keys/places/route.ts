import { handler } from "@/lib/http/handler"
import { listPlaces } from "@/lib/keys/list-places"

export const GET = handler({ may: "keys:manage", run: async ({ actor }) => ({ data: await listPlaces({ actor }) }) })
