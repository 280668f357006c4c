import { z } from "zod"
import { pageLinks } from "@/lib/base/pages/schemas"
import { writtenCursor, writtenId } from "@/lib/base/text/fields"
import { Plan } from "@/lib/insight/incidents/plan-schemas"
import { incidentClasses, incidentStates, incidentSteps } from "@/lib/insight/incidents/words"

const Named = z.object({ id: z.number(), name: z.string() })

export const Incident = z.object({
  id: z.number(),
  class: z.enum(incidentClasses),
  state: z.enum(incidentStates),
  /** Whom it is about; what does not belong to its class is null. */
  store: Named.nullable(),
  terminal: z.object({ id: z.number(), serial: z.string() }).nullable(),
  model: Named.nullable(),
  acquirer: Named.nullable(),
  /** An issuer's prefix, a carrier, an operator, or a release as component:version. */
  value: z.string().nullable(),
  firstOn: z.string(),
  lastOn: z.string(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  /** The wider incident that it turned out to be part of. */
  mergedInto: z.number().nullable(),
  /** Failures on its worst day, and how many were expected. */
  observed: z.number(),
  expected: z.number(),
  p: z.number(),
  /** How many of the reader's terminals it made fail. */
  terminals: z.number(),
})
export type Incident = z.infer<typeof Incident>

export const IncidentId = z.strictObject({ id: writtenId })

const Member = z.object({
  terminal: z.object({ id: z.number(), serial: z.string() }),
  store: Named,
  firstOn: z.string(),
  lastOn: z.string(),
  observed: z.number(),
  expected: z.number(),
})
export type Member = z.infer<typeof Member>

export const IncidentDetail = Incident.extend({
  timeline: z.array(
    z.object({
      at: z.string(),
      what: z.enum(incidentSteps),
      observed: z.number().nullable(),
      expected: z.number().nullable(),
    }),
  ),
  /** The terminals with most failures beyond what was expected. */
  members: z.array(Member),
  /** What to do, in both languages. */
  plan: Plan,
})
export type IncidentDetail = z.infer<typeof IncidentDetail>

export const IncidentQuery = z.strictObject({
  class: z.enum(incidentClasses).optional(),
  state: z.enum(incidentStates).default("open"),
  store: writtenId.optional(),
  terminal: writtenId.optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type IncidentQuery = z.infer<typeof IncidentQuery>

export const IncidentPage = z.object({
  data: z.array(Incident),
  ...pageLinks,
  /** How many there are of each class under the same filters but the class. */
  counts: z.partialRecord(z.enum(incidentClasses), z.number()),
})
export type IncidentPage = z.infer<typeof IncidentPage>
