import { createLoader, parseAsString } from "nuqs/server"

/** The search parameters of the list of users. */
export const userView = { q: parseAsString, cursor: parseAsString }
export const loadUserView = createLoader(userView)
