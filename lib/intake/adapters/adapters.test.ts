import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { adapters, type Vendor } from "@/lib/intake/adapters/adapters"
import { defined, unusedPaths, type Reading } from "@/lib/intake/adapters/reading"

/** The fields of a reading that are defined. */
function read(vendor: Vendor, answer: unknown): unknown[] {
  const adapter = adapters[vendor]
  return adapter.records(answer).map((record) => {
    const shaped = adapter.schema.safeParse(record)
    if (!shaped.success) return shaped.error.issues[0]?.message
    const reading: Reading | string | null = adapter.read(shaped.data as never)
    if (reading === null || typeof reading === "string") return reading
    return {
      ...defined(reading.inventory),
      ...(reading.heartbeat ? { beat: defined(reading.heartbeat) } : {}),
      ...(reading.transaction ? { sale: defined(reading.transaction) } : {}),
    }
  })
}

describe("PAXSTORE", () => {
  const at = Date.parse("2026-11-24T01:30:00Z")

  test.each([
    [
      "bytes are percent of the whole",
      {
        totalStorageUsage: 301_666_304,
        totalStorage: 3_984_334_848,
        totalRamUsage: 596_234_240,
        totalRAM: 908_165_120,
      },
      { storageUsedPct: 7.6, memoryUsedPct: 65.7 },
    ],
    ["a whole that is not known gives no percent", { totalStorageUsage: 301_666_304 }, {}],
    ["1 is one percent of the CPU", { totalCpuUsage: 1 }, { cpuPct: 1 }],
    ["battery is percent", { battery: 87.5 }, { batteryPct: 87.5 }],
    ["networks", { network: "NETWORK_WIFI" }, { networkType: "wifi" }],
    ["mobile networks", { network: "4G" }, { networkType: "4g" }],
    ["an unknown network is none", { network: "UNKNOWN" }, {}],
    ["another network is other", { network: "LORA" }, { networkType: "other" }],
  ])("%s", (_name, fields, beat) => {
    expect(read("paxstore", { serialNo: "SN1", lastAccessTime: at, ...fields })).toEqual([
      { serial: "SN1", beat: { at: "2026-11-24T01:30:00.000Z", ...beat } },
    ])
  })

  test("zones have POSIX signs: Etc/GMT-8 is east of Greenwich", () => {
    expect(read("paxstore", { serialNo: "SN1", time: "2026-11-24 09:30:00", timezone: "Etc/GMT-8" })).toEqual(
      [{ serial: "SN1", beat: { at: "2026-11-24T09:30:00.000+08:00" } }],
    )
  })

  test("rejects a local time without a zone", () => {
    expect(read("paxstore", { serialNo: "SN1", time: "2026-11-24 09:30:00" })).toEqual([
      expect.stringContaining("timezone"),
    ])
  })

  test("reads pages, single answers and bundles of answers", () => {
    const terminal = { serialNo: "SN1", modelName: "A920", tid: "T1", merchantName: "KFC" }
    const known = { serial: "SN1", model: "A920", tid: "T1", merchant: "KFC" }
    expect(read("paxstore", { businessCode: 0, pageInfo: { dataSet: [terminal] } })).toEqual([known])
    expect(read("paxstore", { businessCode: 0, data: terminal })).toEqual([known])
    expect(
      read("paxstore", {
        one: { businessCode: 0, data: terminal },
        two: { businessCode: 0, data: { totalCpuUsage: 1 } },
      }),
    ).toEqual([known, expect.stringContaining("serialNo")])
  })

  test("a usage answer belongs to the terminal named beside it", () => {
    expect(
      read("paxstore", { businessCode: 0, serialNo: "SN1", lastAccessTime: at, data: { totalCpuUsage: 3 } }),
    ).toEqual([{ serial: "SN1", beat: { at: "2026-11-24T01:30:00.000Z", cpuPct: 3 } }])
  })
})

describe("tables of GoInsight", () => {
  const cell = (colName: string, value: unknown) => ({ colName, value })
  const table = (...rows: unknown[]) => ({
    businessCode: 0,
    data: { worksheetName: "w", columns: [{ colName: "serialNo" }], rows },
  })

  test("are read row by row; their numbers are text", () => {
    expect(
      read(
        "paxstore",
        table(
          [
            cell("serialNo", "0047"),
            cell("battery", "41.5"),
            cell("time", "2026-11-28 11:00:00"),
            cell("timezone", "Etc/GMT-8"),
          ],
          [cell("serialNo", "0048"), cell("battery", ""), cell("modelName", null)],
          [cell("battery", "9")],
        ),
      ),
    ).toEqual([
      { serial: "0047", beat: { at: "2026-11-28T11:00:00.000+08:00", batteryPct: 41.5 } },
      { serial: "0048" },
      expect.stringContaining("serialNo"),
    ])
  })

  test("a page may be called dataset as well as dataSet", () => {
    const known = [{ serial: "SN1" }]
    for (const name of ["dataset", "dataSet"]) {
      expect(read("paxstore", { pageInfo: { [name]: [{ serialNo: "SN1" }] } })).toEqual(known)
      expect(read("paxstore", { [name]: [{ serialNo: "SN1" }] })).toEqual(known)
    }
  })
})

describe("a time outside the range of dates", () => {
  const event = { object: "event", id: "evt_1", data: { object: { serial_number: "S" } } }
  test.each<[Vendor, object, string]>([
    ["paxstore", { serialNo: "S", lastAccessTime: 1.7958285330001234e16 }, "17958285330001234"],
    ["paxstore", { serialNo: "S", lastAccessTime: -1 }, "-1"],
    ["paxstore", { serialNo: "S", time: "99999-11-28 11:00:00", timezone: "UTC" }, "99999-11-28"],
    ["stripe", { serial_number: "S", last_seen_at: 1e20 }, "last_seen_at 100000000000000000000"],
    ["stripe", { ...event, created: 1e18 }, "created 1000000000000000000"],
  ])("of %s is rejected with a message: %j", (vendor, record, said) => {
    expect(read(vendor, record)).toEqual([expect.stringContaining(said)])
  })

  test("never makes an adapter throw", () => {
    fc.assert(
      fc.property(fc.double(), (time) => {
        for (const [vendor, record] of [
          ["paxstore", { serialNo: "S", lastAccessTime: time }],
          ["stripe", { serial_number: "S", last_seen_at: time }],
          ["stripe", { ...event, created: time }],
        ] as const)
          expect(read(vendor, record)).toHaveLength(1)
      }),
    )
  })
})

describe("Adyen's Management API", () => {
  const terminal = {
    id: "V400m-324688179",
    model: "V400m",
    serialNumber: "324688179",
    firmwareVersion: "1.89.4",
    assignment: { merchantId: "M", storeId: "S1" },
  }

  test("a terminal without activity updates only the inventory", () => {
    expect(read("adyen-management", { data: [terminal] })).toEqual([
      { serial: "324688179", model: "V400m", merchant: "M", store: "S1" },
    ])
  })

  test("the last activity makes a heartbeat", () => {
    expect(
      read("adyen-management", { ...terminal, lastActivityAt: "2026-11-24T09:30:00+01:00" }),
    ).toMatchObject([{ beat: { at: "2026-11-24T09:30:00+01:00", firmware: "1.89.4" } }])
  })
})

describe("nexo", () => {
  const header = { MessageHeader: { POIID: "V400m-324688179", MessageCategory: "Diagnosis" } }
  const diagnosis = (status: object, more: object = {}) => ({
    SaleToPOIResponse: {
      ...header,
      DiagnosisResponse: { TimeStamp: "2026-11-24T09:30:00Z", POIStatus: status, ...more },
    },
  })
  const beat = (fields: object) => [
    { serial: "324688179", model: "V400m", beat: { at: "2026-11-24T09:30:00Z", ...fields } },
  ]

  test.each<[string, object, object, object]>([
    [
      "flags",
      { SecurityOKFlag: true, PEDOKFlag: false, CardReaderOKFlag: "true" },
      {},
      { securityOk: true, pinpadOk: false, readerOk: true },
    ],
    ["an absent flag is no component", { GlobalStatus: "OK" }, {}, {}],
    ["the printer", { PrinterStatus: "PaperJam" }, {}, { printerStatus: "jam" }],
    ["communication, where no host is named", { CommunicationOKFlag: false }, {}, { hostReachable: false }],
    [
      "one reachable host is enough",
      { CommunicationOKFlag: true },
      {
        HostStatus: [
          { AcquirerID: "a", IsReachableFlag: false },
          { AcquirerID: "b", IsReachableFlag: true },
        ],
      },
      { hostReachable: true },
    ],
  ])("%s", (_name, status, more, fields) =>
    expect(read("nexo", diagnosis(status, more))).toEqual(beat(fields)),
  )

  test("a diagnosis without a time updates only the inventory", () => {
    expect(
      read("nexo", {
        SaleToPOIResponse: { ...header, DiagnosisResponse: { POIStatus: { PEDOKFlag: true } } },
      }),
    ).toEqual([{ serial: "324688179", model: "V400m" }])
  })

  test.each([
    ["BeginMaintenance", { events: [{ kind: "maintenance_begin", at: "2026-11-24T09:30:00Z" }] }],
    ["EndMaintenance", { events: [{ kind: "maintenance_end", at: "2026-11-24T09:30:00Z" }] }],
    ["SecurityAlarm", { events: [{ kind: "tamper", at: "2026-11-24T09:30:00Z" }], tamper: true }],
    ["Initialised", {}],
  ])("the event %s", (event, fields) => {
    expect(
      read("nexo", {
        SaleToPOIRequest: {
          ...header,
          EventNotification: { TimeStamp: "2026-11-24T09:30:00Z", EventToNotify: event },
        },
      }),
    ).toEqual(beat(fields))
  })
})

test.each([
  ["the event Reject", { EventNotification: { TimeStamp: "2026-11-24T09:30:00Z", EventToNotify: "Reject" } }],
  [
    "a diagnosis that failed",
    { DiagnosisResponse: { TimeStamp: "2026-11-24T09:30:00Z", Response: { Result: "Failure" } } },
  ],
  [
    "the status Unreachable",
    {
      DiagnosisResponse: {
        TimeStamp: "2026-11-24T09:30:00Z",
        Response: { Result: "Success" },
        POIStatus: { GlobalStatus: "Unreachable" },
      },
    },
  ],
])("%s makes no heartbeat", (_what, message) => {
  expect(read("nexo", { MessageHeader: { POIID: "S1E-H230001" }, ...message })).toEqual([null])
})

test("an unknown word of nexo leaves out only its own field", () => {
  const status = { PrinterStatus: "OnFire", PEDOKFlag: "perhaps", CardReaderOKFlag: true }
  expect(
    read("nexo", {
      MessageHeader: { POIID: "S1E-1" },
      DiagnosisResponse: { TimeStamp: "2026-11-24T09:30:00Z", POIStatus: status },
    }),
  ).toEqual([
    {
      serial: "1",
      model: "S1E",
      beat: { at: "2026-11-24T09:30:00Z", readerOk: true, printerStatus: "OnFire" },
    },
  ])
})

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
    expect(read("stripe", { object: "list", data: [{ ...reader, batteryLevel: 0.42 }] })).toEqual([
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
      read("stripe", {
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
    expect(read("stripe", { ...reader, action })).toEqual([known])
  })

  const salesOf = (action: object) =>
    read("stripe", {
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

test("reports each unused path once", () => {
  expect(unusedPaths({ a: 1, b: { c: 1, d: null }, e: [{ f: 1 }, { f: 2, g: 3 }] }, ["a", "e.g"])).toEqual([
    "b.c",
    "e.f",
  ])
})
