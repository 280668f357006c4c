import { listPlaces } from "@/lib/access/actor/places"
import { PlaceChoices } from "@/lib/access/actor/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({ may: "fleet:read", answer: PlaceChoices, run: listPlaces })
