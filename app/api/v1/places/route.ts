import { listPlaces } from "@/lib/access/actor/places"
import { PlacePage, PlaceQuery } from "@/lib/access/actor/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({ may: "fleet:read", query: PlaceQuery, answer: PlacePage, run: listPlaces })
