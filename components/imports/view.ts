import { createLoader, parseAsString } from "nuqs/server"

/** The search parameters of the list of imports. */
export const importView = { cursor: parseAsString }
export const loadImportView = createLoader(importView)
