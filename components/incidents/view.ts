import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { incidentClasses, incidentStates } from "@/lib/insight/incidents/words"

/** The search parameters of the list of incidents. */
export const incidentView = {
  class: parseAsStringLiteral(incidentClasses),
  state: parseAsStringLiteral(incidentStates).withDefault("open"),
  store: parseAsInteger,
  cursor: parseAsString,
}

/** What a notice asks for: the newest open incidents, of a terminal or of all. */
export const newestIncidents = (terminal?: number) => ({
  state: "open" as const,
  limit: 5,
  ...(terminal === undefined ? {} : { terminal }),
})

export const loadIncidentView = createLoader(incidentView)
