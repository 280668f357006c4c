import { z } from "zod"
import { components } from "@/lib/fleet/catalogue/components"
import { advices } from "@/lib/insight/rollouts/words"

const Tally = z.object({ attempts: z.number(), failures: z.number() })
export type Tally = z.infer<typeof Tally>

const Change = z.object({ before: Tally, after: Tally })
export type Change = z.infer<typeof Change>

/**
 * Sales in the 14 days before and after a release came, of the terminals that got it and of the others in the
 * same stores. `ratio` is how many times as often sales fail with the release, beyond how the others changed,
 * with its 99 % interval; null while too little was sold.
 */
export const Effect = z.object({
  updated: Change,
  others: Change,
  ratio: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export type Effect = z.infer<typeof Effect>

/** Stores that got the release on the same day or, if terminals are labelled `ring:...`, with this label. */
export const Ring = z.object({
  label: z.string().nullable(),
  firstOn: z.string(),
  lastOn: z.string(),
  stores: z.number(),
  terminals: z.number(),
  effect: Effect,
})
export type Ring = z.infer<typeof Ring>

/** A terminal that sends heartbeats with an older version, though its store got the release a week ago. */
const Stuck = z.object({
  id: z.number(),
  serial: z.string(),
  store: z.object({ id: z.number(), name: z.string() }),
  version: z.string(),
  storeSince: z.string(),
})

export const Rollout = z.object({
  release: z.object({
    id: z.number(),
    component: z.enum(components),
    version: z.string(),
    model: z.number().nullable(),
    modelName: z.string().nullable(),
  }),
  /** Active terminals by their version now. */
  terminals: z.object({ same: z.number(), older: z.number(), newer: z.number() }),
  rings: z.array(Ring),
  effect: Effect,
  stuck: z.object({ count: z.number(), data: z.array(Stuck) }),
  /** When rings, effect and stuck terminals were worked out: in large organisations once a day. */
  asOf: z.string(),
  /** The open incident of this release. */
  incident: z.number().nullable(),
  advice: z.enum(advices),
})
export type Rollout = z.infer<typeof Rollout>

/** How a release came to terminals. */
export type Course = Pick<Rollout, "rings" | "effect" | "stuck" | "asOf">
