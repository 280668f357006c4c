import { listPlaces } from "@/lib/access/places"
import { PlaceChoices } from "@/lib/access/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", answer: PlaceChoices, run: listPlaces })
