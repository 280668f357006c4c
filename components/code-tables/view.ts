import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { causes } from "@/lib/fleet/code-packs/cause"

export const shownCauses = [...causes, "none"] as const

/** The search parameters of the code tables: the open table, its filters, and the open code. */
export const codeTablesView = {
  system: parseAsString,
  q: parseAsString,
  cause: parseAsStringLiteral(shownCauses),
  code: parseAsString,
}

export const loadCodeTablesView = createLoader(codeTablesView)
