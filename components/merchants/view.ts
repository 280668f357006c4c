import { createLoader, parseAsArrayOf, parseAsString } from "nuqs/server"

/** The search parameters of the tree of places. */
export const placesView = {
  q: parseAsString.withDefault(""),
  open: parseAsArrayOf(parseAsString).withDefault([]),
}
export const loadPlacesView = createLoader(placesView)
