import { z } from "zod"
import { instant } from "@/lib/base/text/fields"
import { member, wordOf, type Adapter, type Reading } from "@/lib/intake/adapters/reading"

/** Some senders write flags as text. An absent flag means that the component is absent. */
const flag = z
  .union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")])
  .nullish()
  .catch(null)

const printerStatuses = {
  OK: "ok",
  PaperLow: "paper_low",
  NoPaper: "no_paper",
  PaperJam: "jam",
  OutOfOrder: "out_of_order",
} as const

const events = {
  BeginMaintenance: "maintenance_begin",
  EndMaintenance: "maintenance_end",
  SecurityAlarm: "tamper",
  Shutdown: "power_loss",
} as const

const MessageHeader = z.looseObject({
  POIID: z.string({ error: "a MessageHeader has a POIID such as V400m-324688179" }).max(128),
})

const Diagnosis = z.looseObject({
  MessageHeader,
  DiagnosisResponse: z.looseObject({
    /** Not part of nexo's answer. The sender may add the time of its request. */
    TimeStamp: instant.nullish(),
    Response: z.looseObject({ Result: z.string().nullish() }).nullish(),
    POIStatus: z
      .looseObject({
        SecurityOKFlag: flag,
        PEDOKFlag: flag,
        CardReaderOKFlag: flag,
        CommunicationOKFlag: flag,
        PrinterStatus: z.string().nullish(),
        GlobalStatus: z.string().nullish(),
      })
      .nullish(),
    HostStatus: z.array(z.looseObject({ IsReachableFlag: flag })).nullish(),
  }),
})

const Notification = z.looseObject({
  MessageHeader,
  EventNotification: z.looseObject({ TimeStamp: instant, EventToNotify: z.string() }),
})

const NexoMessage = z.union([Diagnosis, Notification], {
  error: "a SaleToPOIResponse with a DiagnosisResponse, or a SaleToPOIRequest with an EventNotification",
})
type NexoMessage = z.infer<typeof NexoMessage>

/** nexo Retailer messages (Adyen's Terminal API): diagnosis answers and event notifications. */
export const nexo: Adapter = {
  records: (value) =>
    (Array.isArray(value) ? value : [value]).map(
      (one: unknown) => member(one, "SaleToPOIResponse") ?? member(one, "SaleToPOIRequest") ?? one,
    ),
  schema: NexoMessage,
  read: readMessage,
  uses: [
    "MessageHeader.POIID",
    "DiagnosisResponse.TimeStamp",
    "DiagnosisResponse.Response.Result",
    "DiagnosisResponse.POIStatus.GlobalStatus",
    "DiagnosisResponse.POIStatus.SecurityOKFlag",
    "DiagnosisResponse.POIStatus.PEDOKFlag",
    "DiagnosisResponse.POIStatus.CardReaderOKFlag",
    "DiagnosisResponse.POIStatus.CommunicationOKFlag",
    "DiagnosisResponse.POIStatus.PrinterStatus",
    "DiagnosisResponse.HostStatus.IsReachableFlag",
    "EventNotification.TimeStamp",
    "EventNotification.EventToNotify",
  ],
}

function readMessage(message: NexoMessage): Reading | string | null {
  const inventory = nameOf(message.MessageHeader.POIID)
  if (!inventory) return "the POIID names no terminal: Model-Serial, such as V400m-324688179"
  if (!isFromTerminal(message)) return null
  return {
    inventory,
    heartbeat:
      "EventNotification" in message
        ? eventBeat(message as z.infer<typeof Notification>)
        : diagnosisBeat(message as z.infer<typeof Diagnosis>),
  }
}

/**
 * Whether the message is from a terminal. If a message does not reach a terminal, its service answers with
 * the event Reject, a failed diagnosis or the status Unreachable.
 */
function isFromTerminal(message: NexoMessage): boolean {
  if ("EventNotification" in message)
    return (message as z.infer<typeof Notification>).EventNotification.EventToNotify !== "Reject"
  const { Response, POIStatus } = (message as z.infer<typeof Diagnosis>).DiagnosisResponse
  return Response?.Result !== "Failure" && POIStatus?.GlobalStatus !== "Unreachable"
}

/** POIID is the model, a dash and the serial number. Serial numbers have no dash. */
function nameOf(poiId: string): { serial: string; model?: string } | null {
  const dash = poiId.lastIndexOf("-")
  const serial = poiId.slice(dash + 1)
  if (serial === "" || serial.length > 64) return null
  return dash > 0 ? { serial, model: poiId.slice(0, dash).slice(0, 64) } : { serial }
}

function diagnosisBeat({
  DiagnosisResponse: { TimeStamp, POIStatus: status, HostStatus: hosts },
}: z.infer<typeof Diagnosis>): Reading["heartbeat"] {
  if (!TimeStamp) return null
  const reachable = hosts?.flatMap(({ IsReachableFlag }) => IsReachableFlag ?? [])
  return {
    at: TimeStamp,
    securityOk: status?.SecurityOKFlag ?? undefined,
    pinpadOk: status?.PEDOKFlag ?? undefined,
    readerOk: status?.CardReaderOKFlag ?? undefined,
    printerStatus: status?.PrinterStatus ? wordOf(printerStatuses, status.PrinterStatus) : undefined,
    hostReachable:
      reachable && reachable.length > 0
        ? reachable.some(Boolean)
        : (status?.CommunicationOKFlag ?? undefined),
  }
}

function eventBeat({
  EventNotification: { TimeStamp, EventToNotify },
}: z.infer<typeof Notification>): Reading["heartbeat"] {
  const kind = events[EventToNotify as keyof typeof events]
  return {
    at: TimeStamp,
    ...(kind === undefined ? {} : { events: [{ kind, at: TimeStamp }] }),
    ...(kind === "tamper" ? { tamper: true } : {}),
  }
}
