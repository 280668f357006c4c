import { z } from "zod"
import { isoOfMilliseconds, member, type Adapter, type Reading } from "@/lib/intake/adapters/reading"

const Action = z.looseObject({
  status: z.string().nullish(),
  failure_code: z.string().max(64).nullish(),
  process_payment_intent: z.looseObject({ payment_intent: z.string().max(64).nullish() }).nullish(),
})

const StripeReader = z.looseObject({
  serial_number: z.string({ error: "a reader has a serial_number" }).min(1).max(64),
  device_type: z.string().max(64).nullish(),
  device_sw_version: z.string().max(64).nullish(),
  location: z.union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)]).nullish(),
  /** Milliseconds, other than Stripe's other times. */
  last_seen_at: z.number().min(0).nullish(),
  /** The SDK's, 0 to 1. */
  batteryLevel: z.number().min(0).max(1).nullish(),
  action: Action.nullish(),
  /** Of the event that brought the reader: seconds since 1970, and its id. */
  eventCreated: z.number().nullish(),
  eventId: z.string().nullish(),
})
type StripeReader = z.infer<typeof StripeReader>

/** Stripe Terminal's readers: one, a list, or an event of one such as terminal.reader.action_failed. */
export const stripe: Adapter = {
  records: (value) => {
    const data = member(value, "data")
    if (member(value, "object") === "event") {
      return [
        {
          ...(member(data, "object") as object),
          eventCreated: member(value, "created"),
          eventId: member(value, "id"),
        },
      ]
    }
    return Array.isArray(data) ? data : Array.isArray(value) ? value : [value]
  },
  schema: StripeReader,
  read: (reader: StripeReader): Reading => ({
    inventory: {
      serial: reader.serial_number,
      model: reader.device_type ?? undefined,
      store: reader.location?.slice(0, 64) ?? undefined,
    },
    heartbeat:
      typeof reader.last_seen_at === "number"
        ? {
            at: isoOfMilliseconds(reader.last_seen_at),
            firmware: reader.device_sw_version ?? undefined,
            batteryPct:
              typeof reader.batteryLevel === "number" ? Math.round(reader.batteryLevel * 100) : undefined,
          }
        : null,
    transaction: failureOf(reader),
  }),
  uses: [
    "serial_number",
    "device_type",
    "device_sw_version",
    "location",
    "last_seen_at",
    "batteryLevel",
    "object",
    "eventCreated",
    "eventId",
    "action.status",
    "action.failure_code",
    "action.process_payment_intent.payment_intent",
  ],
}

/** A failed payment, from the event that tells of it alone: a reader asked again later would tell of it at another time. */
function failureOf({ action, eventCreated, eventId }: StripeReader): Reading["transaction"] {
  if (action?.status !== "failed" || !action.failure_code || typeof eventCreated !== "number" || !eventId)
    return null
  const isDecline = action.failure_code === "card_declined"
  return {
    at: isoOfMilliseconds(eventCreated * 1000),
    id: action.process_payment_intent?.payment_intent ?? eventId.slice(0, 64),
    outcome: isDecline ? "declined" : "failed",
    codeSystem: isDecline ? "stripe-decline" : "stripe-terminal",
    code: action.failure_code,
  }
}
