import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { storeLacks } from "@/lib/fleet/stores/words"

/** The search parameters of the tree of places. */
export const placesView = {
  q: parseAsString.withDefault(""),
  open: parseAsArrayOf(parseAsString).withDefault([]),
  /** The page shows the stores that lack something instead of the tree. */
  lacks: parseAsStringLiteral(storeLacks),
}
export const loadPlacesView = createLoader(placesView)
