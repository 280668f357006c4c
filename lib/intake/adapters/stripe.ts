import { z } from "zod"
import {
  epoch,
  isoOfEpoch,
  measured,
  member,
  type Adapter,
  type Reading,
} from "@/lib/intake/adapters/reading"

const reference = z.union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)])
const Payment = z.looseObject({ payment_intent: reference.nullish() }).nullish()

/** A payment is one of these three. Refunds, card set-ups, inputs and displays are not sales. */
const Action = z.looseObject({
  status: z.string().nullish(),
  failure_code: z.string().max(64).nullish(),
  /** Why Stripe's API refused, in more detail. */
  api_error: z
    .looseObject({ decline_code: z.string().max(64).nullish(), code: z.string().max(64).nullish() })
    .nullish(),
  process_payment_intent: Payment,
  confirm_payment_intent: Payment,
  collect_payment_method: Payment,
})

const StripeReader = z.looseObject({
  serial_number: z.string({ error: "a reader has a serial_number" }).min(1).max(64),
  device_type: z.string().max(64).nullish(),
  device_sw_version: z.string().max(64).nullish(),
  location: reference.nullish(),
  /** Milliseconds, unlike Stripe's other times. */
  last_seen_at: epoch.nullish(),
  /** From the SDK: 0 to 1. */
  batteryLevel: measured,
  action: Action.nullish(),
  /** Of the event that contained the reader: seconds since 1970, and its id. */
  eventCreated: epoch.nullish(),
  eventId: z.string().nullish(),
})
type StripeReader = z.infer<typeof StripeReader>

/** Stripe Terminal's readers: one, a list, or an event such as terminal.reader.action_failed. */
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
  read: readReader,
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
    "action.type",
    "action.failure_code",
    "action.api_error.code",
    "action.api_error.decline_code",
    "action.process_payment_intent.payment_intent",
    "action.confirm_payment_intent.payment_intent",
    "action.collect_payment_method.payment_intent",
  ],
}

function readReader(reader: StripeReader): Reading | string {
  const seenAt = isoOfEpoch(reader.last_seen_at)
  if (seenAt === null) return `last_seen_at ${reader.last_seen_at} is no time in milliseconds since 1970`
  const createdAt = isoOfEpoch(reader.eventCreated, 1000)
  if (createdAt === null) return `created ${reader.eventCreated} is no time in seconds since 1970`
  return {
    inventory: {
      serial: reader.serial_number,
      model: reader.device_type ?? undefined,
      store: reader.location?.slice(0, 64) ?? undefined,
    },
    heartbeat:
      seenAt === undefined
        ? null
        : {
            at: seenAt,
            firmware: reader.device_sw_version ?? undefined,
            batteryPct:
              typeof reader.batteryLevel === "number" ? Math.round(reader.batteryLevel * 100) : undefined,
          },
    transaction: failureOf(reader, createdAt),
  }
}

/** The reader's codes for a cancelled payment. */
const cancelled: ReadonlySet<string> = new Set(["customer_canceled", "canceled"])

/**
 * A failed payment. Only an event makes one: the reader itself reports the same failure again later, with
 * another time.
 */
function failureOf({ action, eventId }: StripeReader, createdAt: string | undefined): Reading["transaction"] {
  const payment =
    action?.process_payment_intent ?? action?.confirm_payment_intent ?? action?.collect_payment_method
  if (!payment || action?.status !== "failed" || !action.failure_code || !createdAt || !eventId) return null
  const isDecline = action.failure_code === "card_declined"
  const declineCode = action.api_error?.decline_code ?? action.api_error?.code
  return {
    at: createdAt,
    id: payment.payment_intent?.slice(0, 64) ?? eventId.slice(0, 64),
    outcome: isDecline ? "declined" : cancelled.has(action.failure_code) ? "cancelled" : "failed",
    codeSystem: isDecline ? "stripe-decline" : "stripe-terminal",
    code: (isDecline ? declineCode : null) ?? action.failure_code,
  }
}
