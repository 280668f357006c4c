import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { incidentClasses, incidentStates } from "@/lib/insight/incidents/words"

/** The search parameters of the list of incidents. */
export const incidentView = {
  class: parseAsStringLiteral(incidentClasses),
  state: parseAsStringLiteral(incidentStates).withDefault("open"),
  store: parseAsInteger,
  cursor: parseAsString,
}

export const loadIncidentView = createLoader(incidentView)
