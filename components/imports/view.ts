import { createLoader, parseAsString } from "nuqs/server"

/** What the list of files keeps in its address. */
export const importView = { cursor: parseAsString }
export const loadImportView = createLoader(importView)
