import { z } from "zod"
import { Organisation } from "@/lib/access/organisation/schemas"
import { calendarInstant, writtenId, writtenText } from "@/lib/base/text/fields"
import { outcomes } from "@/lib/insight/flags/outcomes"
import { remoteActions, remoteStates } from "@/lib/insight/flags/remote-words"
import { Flag } from "@/lib/insight/flags/schemas"
import { ruleNames } from "@/lib/insight/flags/words"

const Note = writtenText(1_000)

export const Change = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("acknowledge") }),
  /** A person or a firm; null takes it back. */
  z.strictObject({ what: z.literal("assign"), to: writtenText(100).nullable() }),
  /** The flag is not shown among the open ones until then; null ends it now. */
  z.strictObject({ what: z.literal("snooze"), until: calendarInstant.nullable() }),
  z.strictObject({ what: z.literal("comment"), text: Note }),
  /** Asks for an action that may help without a visit, of flags with which it may. */
  z.strictObject({ what: z.literal("try"), action: z.enum(remoteActions) }),
  z.strictObject({ what: z.literal("find"), outcome: z.enum(outcomes), note: Note.exactOptional() }),
])
export type Change = z.infer<typeof Change>

export const Handling = z.strictObject({
  ids: z.array(z.int().min(1)).min(1).max(200),
  change: Change,
})
export type Handling = z.infer<typeof Handling>

/** How many flags were changed. Closed flags are left as they are. */
export const HandlingAnswer = z.object({ changed: z.number() })
export type HandlingAnswer = z.infer<typeof HandlingAnswer>

export const FlagId = z.strictObject({ id: writtenId })

/** How an action ended that somebody asked for. */
const Tried = z.strictObject({
  what: z.literal("tried"),
  action: z.enum(remoteActions),
  state: z.enum(remoteStates),
})
const Event = z.discriminatedUnion("what", [...Change.options, Tried])
export type Event = z.infer<typeof Event>

export const FlagDetail = Flag.extend({
  events: z.array(z.object({ at: z.string(), by: z.string(), change: Event })),
})
export type FlagDetail = z.infer<typeof FlagDetail>

/** How often a rule was right, of the last 90 days. */
export const RuleRecord = z.object({
  rule: z.enum(ruleNames),
  opened: z.number(),
  /** Without those that are snoozed or muted. */
  open: z.number(),
  findings: z.number(),
  right: z.number(),
  wrong: z.number(),
  /** Wrong because no fault was found. */
  noFaultFound: z.number(),
  /** Whether a year of findings says that the rule sends people out for nothing too often. */
  findsNothing: z.boolean(),
  /** Since when the nights have been a step stricter with this rule. */
  tightenedAt: z.string().nullable(),
  /** When somebody took that back. */
  undoneAt: z.string().nullable(),
  /** Right of right and wrong; null without either. */
  precision: z.number().nullable(),
  /** The 95 % interval (Wilson). */
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export type RuleRecord = z.infer<typeof RuleRecord>

export const RuleRecords = z.object({
  data: z.array(RuleRecord),
  since: z.string(),
  /** What the organisation has set for single rules. */
  settings: Organisation.pick({ movedRadiusM: true, idleMonths: true, idleLongMonths: true }),
})
export type RuleRecords = z.infer<typeof RuleRecords>
