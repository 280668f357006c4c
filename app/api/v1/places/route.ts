import { listPlaces } from "@/lib/access/places"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", run: listPlaces })
