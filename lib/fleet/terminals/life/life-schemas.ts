import { z } from "zod"
import { calendarInstant, writtenText } from "@/lib/base/text/fields"
import { longestLabel, mostLabels } from "@/lib/fleet/terminals/labels"
import { refusalReasons, swappedStatuses } from "@/lib/fleet/terminals/life/life"
import { purchaseFields } from "@/lib/fleet/terminals/purchase/schemas"
import { TerminalFilter } from "@/lib/fleet/terminals/schemas"
import { helpLinkSteps, terminalStatuses } from "@/lib/fleet/terminals/words"

export const mostAtOnce = 5_000

const id = z.number().int().positive()
const storeId = z.int({ error: "the number of a store: id in GET /api/v1/stores" }).positive()
const text = (longest: number) => writtenText(longest).min(1)
const label = text(longestLabel)
const labels = z.array(label).max(mostLabels)

/** When the change took effect, now if left out, and why. */
const changeOptions = {
  at: calendarInstant.transform((at) => new Date(at)).optional(),
  note: text(500).optional(),
}

export const NewTerminal = z.strictObject({
  serial: text(64),
  store: storeId,
  model: id.optional(),
  tid: text(64).optional(),
  acquirer: id.optional(),
  status: z.enum(terminalStatuses).default("active"),
  labels: labels.default([]),
  note: changeOptions.note,
  ...purchaseFields,
})
export type NewTerminal = z.infer<typeof NewTerminal>

export const TerminalPatch = z.strictObject({
  labels: labels.optional(),
  model: id.nullable().optional(),
  codeSystem: text(64).nullable().optional(),
  ...purchaseFields,
})
export type TerminalPatch = z.infer<typeof TerminalPatch>

export const EnrolRequest = z.strictObject({
  store: id.optional(),
  status: z.enum(["active", "spare"]).default("active"),
  ...changeOptions,
})
export const MoveRequest = z.strictObject({ store: storeId, ...changeOptions })
export const StatusRequest = z.strictObject({
  status: z.enum(terminalStatuses).exclude(["pending"]),
  ...changeOptions,
})
export const TidRequest = z.strictObject({
  tid: text(64),
  acquirer: id.optional(),
  end: z.literal(true).optional(),
  ...changeOptions,
})
export type TidRequest = z.infer<typeof TidRequest>
export const SwapRequest = z.strictObject({
  replacement: id,
  oldStatus: z.enum(swappedStatuses),
  oldStore: id.optional(),
  ...changeOptions,
})
export type SwapRequest = z.infer<typeof SwapRequest>

/** `merged` is the terminal that is the same device; it becomes another name of this one. */
export const MergeRequest = z.strictObject({ merged: id, note: changeOptions.note })
export type MergeRequest = z.infer<typeof MergeRequest>

/** One change to many terminals, chosen by id or by the list's filter. */
export const BulkRequest = z.strictObject({
  terminals: z.union([
    z.strictObject({ ids: z.array(id).min(1).max(mostAtOnce) }),
    z.strictObject({ filter: TerminalFilter }),
  ]),
  change: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("enrol"), ...EnrolRequest.shape }),
    z.strictObject({ kind: z.literal("move"), ...MoveRequest.shape }),
    z.strictObject({ kind: z.literal("status"), ...StatusRequest.shape }),
    z.strictObject({
      kind: z.literal("labels"),
      add: labels.default([]),
      remove: z.array(label).max(200).default([]),
    }),
    z.strictObject({ kind: z.literal("helpLink"), step: z.enum(helpLinkSteps) }),
    z
      .strictObject({ kind: z.literal("purchase"), ...purchaseFields })
      .refine(
        ({ supplierId, boughtOn, warrantyUntil }) =>
          supplierId !== undefined || boughtOn !== undefined || warrantyUntil !== undefined,
        {
          error: "name a supplier, a day of purchase or an end of warranty",
        },
      ),
  ]),
})
export type BulkRequest = z.infer<typeof BulkRequest>

export const BulkAnswer = z.object({
  changed: z.number(),
  refused: z.array(
    z.object({
      id: z.number(),
      serial: z.string().nullable(),
      reason: z.enum(refusalReasons),
      message: z.string(),
    }),
  ),
})
export type BulkAnswer = z.infer<typeof BulkAnswer>

export const ChangeAnswer = z.object({ changed: z.number() })

export const AddedTerminal = z.object({ id: z.number() })
export type AddedTerminal = z.infer<typeof AddedTerminal>
