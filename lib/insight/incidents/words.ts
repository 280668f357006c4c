// Apart from the schemas, so that screens can use them without loading zod.

/** What an incident is about. All but `ingest` come from the engine. */
export const incidentClasses = [
  "issuer",
  "acquirer",
  "carrier",
  "store network",
  "firmware",
  "operator",
  "card-testing",
  "ingest",
] as const
export type IncidentClass = (typeof incidentClasses)[number]

/** What happened to an incident, on its timeline. */
export const incidentSteps = ["opened", "extended", "merged", "closed"] as const
export type IncidentStep = (typeof incidentSteps)[number]

export const incidentStates = ["open", "closed"] as const

/** Their failures are counted over the last weeks, of which older ones count less; others' on one day. */
export const countedOverWeeks = ["firmware", "operator"] as const satisfies readonly IncidentClass[]
