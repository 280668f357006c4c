import { createLoader, parseAsString } from "nuqs/server"

/** What the list of users keeps in its address. */
export const userView = { q: parseAsString, cursor: parseAsString }
export const loadUserView = createLoader(userView)
