import { describe, expect, test } from "vitest"
import { readVendor } from "@/tests/support/read-vendor"

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
    expect(readVendor("nexo", diagnosis(status, more))).toEqual(beat(fields)),
  )

  test("a diagnosis without a time updates only the inventory", () => {
    expect(
      readVendor("nexo", {
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
      readVendor("nexo", {
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
  expect(readVendor("nexo", { MessageHeader: { POIID: "S1E-H230001" }, ...message })).toEqual([null])
})

test("an unknown word of nexo leaves out only its own field", () => {
  const status = { PrinterStatus: "OnFire", PEDOKFlag: "perhaps", CardReaderOKFlag: true }
  expect(
    readVendor("nexo", {
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
