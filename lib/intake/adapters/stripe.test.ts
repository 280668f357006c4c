import { describe, expect, test } from "vitest"
import { readVendor } from "@/tests/support/read-vendor"

describe("Stripe", () => {
  const reader = {
    object: "terminal.reader",
    serial_number: "WSC51",
    device_type: "bbpos_wisepos_e",
    device_sw_version: "2.6",
    location: "tml_1",
    last_seen_at: Date.parse("2026-11-24T09:30:00Z"),
  }
  const known = {
    serial: "WSC51",
    model: "bbpos_wisepos_e",
    store: "tml_1",
    beat: { at: "2026-11-24T09:30:00.000Z", firmware: "2.6" },
  }

  test("reads last_seen_at in milliseconds and the battery from 0 to 1", () => {
    expect(readVendor("stripe", { object: "list", data: [{ ...reader, batteryLevel: 0.42 }] })).toEqual([
      { ...known, beat: { ...known.beat, batteryPct: 42 } },
    ])
  })

  test("an event of a failed action is a failed sale at the event's time, in seconds", () => {
    const action = {
      status: "failed",
      failure_code: "card_declined",
      process_payment_intent: { payment_intent: "pi_1" },
    }
    expect(
      readVendor("stripe", {
        object: "event",
        id: "evt_1",
        created: Date.parse("2026-11-24T09:31:00Z") / 1000,
        data: { object: { ...reader, action } },
      }),
    ).toEqual([
      {
        ...known,
        sale: {
          at: "2026-11-24T09:31:00.000Z",
          id: "pi_1",
          outcome: "declined",
          codeSystem: "stripe-decline",
          code: "card_declined",
        },
      },
    ])
    expect(readVendor("stripe", { ...reader, action })).toEqual([known])
  })

  const salesOf = (action: object) =>
    readVendor("stripe", {
      object: "event",
      id: "evt_1",
      created: Date.parse("2026-11-24T09:31:00Z") / 1000,
      data: { object: { serial_number: "S", action: { status: "failed", ...action } } },
    })

  test.each([
    ["a refund", { type: "refund_payment", failure_code: "charge_already_refunded", refund_payment: {} }],
    ["a card that is set up", { type: "process_setup_intent", failure_code: "card_declined" }],
    ["inputs", { type: "collect_inputs", failure_code: "reader_busy", collect_inputs: {} }],
    ["a display", { type: "set_reader_display", failure_code: "reader_busy", set_reader_display: {} }],
  ])("%s is no sale", (_what, action) => expect(salesOf(action)).toEqual([{ serial: "S" }]))

  test.each([
    ["the reader", { failure_code: "connection_error", process_payment_intent: {} }, { outcome: "failed" }],
    [
      "a user who pressed cancel",
      { failure_code: "customer_canceled", collect_payment_method: { payment_intent: { id: "pi_2" } } },
      { outcome: "cancelled", id: "pi_2" },
    ],
    [
      "the issuer, which says why",
      {
        failure_code: "card_declined",
        api_error: { code: "card_declined", decline_code: "insufficient_funds" },
        confirm_payment_intent: { payment_intent: "pi_3" },
      },
      { outcome: "declined", codeSystem: "stripe-decline", code: "insufficient_funds" },
    ],
  ])("a payment is ended by %s", (_who, action, sale) => {
    expect(salesOf(action)).toMatchObject([{ sale }])
  })
})
