import { parseAsInteger, parseAsString } from "nuqs/server"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import type { ForecastRow } from "@/lib/outlook/replacements/schemas"

/** The search parameters of the forecast: whose terminals are listed. Model 0 is of those without one. */
export const replacementView = { quarter: parseAsString, model: parseAsInteger, cursor: parseAsString }

/** The address that lists the terminals of a quarter, of one model or of all. */
export const replacedPath = (quarter: string, model?: number): string =>
  withQuery(paths.replacements, { quarter, model })

export const unitsOf = ({ useEnd, cost }: ForecastRow["quarters"][number]): number => useEnd + cost
