import { createLoader, parseAsArrayOf, parseAsString } from "nuqs/server"

/** What the tree of places keeps in its address. */
export const placesView = {
  q: parseAsString.withDefault(""),
  open: parseAsArrayOf(parseAsString).withDefault([]),
}
export const loadPlacesView = createLoader(placesView)
