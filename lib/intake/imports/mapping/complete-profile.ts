import { z } from "zod"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { FieldSource, type Profile, type TimeSource } from "@/lib/intake/imports/mapping/profile"
import { guessDateOrder } from "@/lib/intake/imports/mapping/read-time"
import { assignColumns } from "@/lib/intake/imports/mapping/recognise"
import type { Target } from "@/lib/intake/imports/mapping/targets"
import { statusWords } from "@/lib/intake/imports/mapping/terminal-names"
import { Transaction } from "@/lib/intake/transactions/schemas"

/** The head of a file: its columns and some of its rows. */
export type Head = { headers: readonly string[]; rows: readonly Readonly<Record<string, string>>[] }

const source = (given: Partial<FieldSource>): FieldSource => FieldSource.parse(given)

// What the contract has as numbers and as yes or no, files have as texts of these.
const { properties: contract = {} } = z.toJSONSchema(z.object({ ...Transaction.shape, ...Heartbeat.shape }), {
  unrepresentable: "any",
})
const typeOf = (target: Target): unknown => {
  const field = contract[target]
  return typeof field === "object" ? field.type : undefined
}

const spelled = (words: Record<string, readonly string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([value, texts]) => [value, ...texts].map((text) => [text, value])),
  )

const maps: Partial<Record<Target, Record<string, string>>> = {
  entryMode: {
    ...spelled({
      chip: [
        "插卡",
        "IC",
        "IC卡",
        "芯片",
        "芯片卡",
        "接触式",
        "接触",
        "插入",
        "Chip",
        "CHIP",
        "051",
        "05",
        "5",
        "052",
        "950",
      ],
      contactless: [
        "挥卡",
        "非接",
        "非接触",
        "非接触式",
        "闪付",
        "云闪付",
        "感应",
        "Contactless",
        "NFC",
        "071",
        "07",
        "7",
        "072",
        "91",
        "911",
      ],
      swipe: ["刷卡", "磁条", "磁条卡", "Swipe", "MSR", "021", "02", "2", "022", "90", "901"],
      fallback: ["降级", "降级刷卡", "Fallback", "801", "80", "802"],
      manual: ["手输", "手工", "手工输入", "键入", "Manual", "011", "01", "1", "012"],
      qr: ["扫码", "二维码", "条码", "主扫", "被扫", "QR", "031", "03", "3", "032"],
      ecommerce: ["线上", "网上", "Online", "Ecommerce"],
    }),
    "*": "",
  },
  networkType: {
    ...spelled({
      wifi: ["WiFi", "WIFI", "Wi-Fi", "无线"],
      ethernet: ["以太网", "有线", "Ethernet", "LAN"],
      "5g": ["5G"],
      "4g": ["4G", "LTE"],
      "3g": ["3G"],
      "2g": ["2G", "GPRS"],
    }),
    "*": "other",
  },
  printerStatus: spelled({
    ok: ["正常", "OK", "Ok"],
    paper_low: ["纸将尽", "少纸"],
    no_paper: ["缺纸", "无纸"],
    jam: ["卡纸"],
    cover_open: ["开盖", "纸舱打开"],
    overheated: ["过热"],
    out_of_order: ["故障", "异常"],
  }),
  currency: spelled({
    CNY: ["人民币", "RMB", "156", "¥"],
    USD: ["美元", "840"],
    HKD: ["港币", "港元", "344"],
    EUR: ["欧元", "978"],
    JPY: ["日元", "392"],
  }),
}

/** Fields that files write in a way of their own. */
const ways: Partial<Record<Target, FieldSource["as"]>> = {
  issuerBin: "bin",
  code: "code",
  amountMinor: "minor",
}

function fieldOf(target: Target, column: string): FieldSource {
  const map = maps[target]
  if (map) return source({ column, map })
  const type = typeOf(target)
  const kind = type === "integer" ? "number" : type
  return source({ column, as: ways[target] ?? (kind === "number" || kind === "boolean" ? kind : "text") })
}

/** Targets that no field of their own is made of. */
const apart: readonly Target[] = [
  "ignore",
  "at",
  "date",
  "time",
  "id",
  "outcome",
  "status",
  "type",
  "cardNumber",
  "amount",
  "trace",
  "original",
]

/** Twelve digits with zeros in front are the smallest unit; so is what the header says. Else amounts are in whole units. */
function moneyAs(header: string, texts: readonly string[], unit: Profile["moneyUnit"]): "money" | "minor" {
  if (/分|cents|minor/i.test(header)) return "minor"
  if (unit !== undefined) return unit === "fen" ? "minor" : "money"
  const filled = texts.filter((text) => text !== "")
  return filled.length > 0 && filled.every((text) => /^0\d{11}$/.test(text)) ? "minor" : "money"
}

/**
 * The profile with all that this file's columns say, ready to be run: `columns` names every column, `at`,
 * `sale` and `fields` are made of it. What a profile reads from columns that the file has not is left out.
 */
export function completeProfile<Given extends Profile>(profile: Given, head: Head): Given {
  const present = withoutAbsent(profile, head.headers)
  if (profile.columns === undefined || profile.kind === "codes") return present
  return profile.kind === "terminals" ? terminalProfile(present, head) : recordProfile(present, head)
}

const timeColumns = (at: Profile["at"]): string[] =>
  Object.entries(at ?? {}).flatMap(([part, column]) =>
    part === "format" || column === undefined ? [] : [column],
  )

/** Columns that a profile reads and the file has not. */
export function absentColumns({ at, sale, fields }: Profile, headers: readonly string[]): string[] {
  const wanted = [
    ...timeColumns(at),
    ...Object.values(sale ?? {}),
    ...Object.values(fields).flatMap(({ column }) => column ?? []),
  ]
  return [
    ...new Set(
      wanted.flatMap((column) => (column === undefined || headers.includes(column) ? [] : [column])),
    ),
  ]
}

/** Whether a field can do without any column. */
const standsAlone = ({ constant, rowNumber, cardRef, orRowHash }: FieldSource): boolean =>
  constant !== undefined || rowNumber !== undefined || cardRef || orRowHash

function withoutAbsent<Given extends Profile>(
  { at, sale, fields, ...profile }: Given,
  headers: readonly string[],
): Given {
  const isPresent = (column: string | undefined) => column !== undefined && headers.includes(column)
  const present = Object.entries(fields).flatMap(([target, { column, ...own }]): [string, FieldSource][] => {
    const columns = (column === undefined ? [] : [column].flat()).filter(isPresent)
    const [only] = columns
    if (only !== undefined) return [[target, { ...own, column: columns.length === 1 ? only : columns }]]
    return standsAlone(own) ? [[target, own]] : []
  })
  return {
    ...profile,
    ...(at && timeColumns(at).every(isPresent) ? { at } : {}),
    ...(sale
      ? { sale: Object.fromEntries(Object.entries(sale).filter(([, column]) => isPresent(column))) }
      : {}),
    fields: Object.fromEntries(present),
  } as Given
}

function recordProfile<Given extends Profile>(profile: Given, { headers, rows }: Head): Given {
  if (profile.kind !== "transactions" && profile.kind !== "heartbeats") return profile
  const columns = assignColumns(headers, profile.kind, profile.columns)
  const column = (target: Target): string | undefined => headers.find((header) => columns[header] === target)
  const texts = (header: string) => rows.map((row) => row[header]?.trim() ?? "")

  const fields: Record<string, FieldSource> = {}
  for (const header of headers) {
    const target = columns[header]
    if (target !== undefined && !apart.includes(target)) fields[target] ??= fieldOf(target, header)
  }
  const at = profile.at ?? timeSource(column)
  const dateColumn = column("at") ?? column("date")
  const dateOrder = profile.dateOrder ?? (dateColumn === undefined ? null : guessDateOrder(texts(dateColumn)))
  const own = profile.kind === "transactions" ? saleFields({ profile, column, texts }) : {}
  const isChinese = headers.some((header) => /\p{Script=Han}/u.test(header))
  const currency = profile.currency ?? (isChinese ? "CNY" : undefined)
  const constants = {
    ...(profile.acquirer === undefined ? {} : { acquirer: source({ constant: profile.acquirer }) }),
    ...(currency === undefined || profile.kind === "heartbeats" || fields["currency"]
      ? {}
      : { currency: source({ constant: currency }) }),
  }
  const sale = profile.sale ?? saleSource(profile, column)
  return {
    ...profile,
    columns,
    ...(at ? { at } : {}),
    ...(dateOrder ? { dateOrder } : {}),
    ...(sale ? { sale } : {}),
    fields: { ...constants, ...fields, ...own, ...profile.fields },
  }
}

/** The fields of master data that are more than a text. */
const terminalReadings: Partial<Record<Target, Partial<FieldSource>>> = {
  status: { map: spelled(statusWords), anyCase: true },
  openingHours: { as: "openingHours" },
  labels: { as: "labels" },
  boughtOn: { as: "day" },
  warrantyUntil: { as: "day" },
}

function terminalProfile<Given extends Profile>(profile: Given, { headers, rows }: Head): Given {
  const columns = assignColumns(headers, "terminals", profile.columns)
  const fields = headers.flatMap((header): [string, FieldSource][] => {
    const target = columns[header] ?? "ignore"
    return target === "ignore" ? [] : [[target, source({ column: header, ...terminalReadings[target] })]]
  })
  const days = headers.filter((header) => terminalReadings[columns[header] ?? "ignore"]?.as === "day")
  const dateOrder =
    profile.dateOrder ?? guessDateOrder(days.flatMap((header) => rows.map((row) => row[header] ?? "")))
  return {
    ...profile,
    columns,
    ...(dateOrder ? { dateOrder } : {}),
    fields: { ...Object.fromEntries(fields), ...profile.fields },
  }
}

type Column = (target: Target) => string | undefined

function timeSource(column: Column): TimeSource | undefined {
  const [at, date, time] = [column("at"), column("date"), column("time")]
  if (date !== undefined && time !== undefined) return { date, time }
  const only = at ?? date ?? time
  return only === undefined ? undefined : { column: only }
}

function saleSource({ kind, fields }: Profile, column: Column): Profile["sale"] {
  if (kind !== "transactions" || fields["outcome"] || column("outcome")) return undefined
  const [status, code, type, original] = [
    column("status"),
    column("code"),
    column("type"),
    column("original"),
  ]
  return {
    ...(status ? { status } : {}),
    ...(code ? { code } : {}),
    ...(type ? { type } : {}),
    ...(original ? { original } : {}),
  }
}

function saleFields({
  profile,
  column,
  texts,
}: {
  profile: Profile
  column: Column
  texts: (header: string) => string[]
}): Record<string, FieldSource> {
  const [id, card, amount, rrn, trace] = [
    column("id"),
    column("cardNumber"),
    column("amount"),
    column("rrn"),
    column("trace"),
  ]
  const own = id ?? rrn ?? trace
  const [outcome, original] = [column("outcome"), column("original")]
  return {
    ...(outcome === undefined
      ? {}
      : {
          outcome: source({ column: outcome }),
          ...(original === undefined ? {} : { reverses: source({ column: original }) }),
        }),
    id: source({ ...(own === undefined ? {} : { column: own }), orRowHash: true }),
    ...(column("cardRef") === undefined ? { cardRef: source({ cardRef: true }) } : {}),
    ...(card !== undefined && column("issuerBin") === undefined
      ? { issuerBin: source({ column: card, as: "bin" }) }
      : {}),
    ...(amount === undefined
      ? {}
      : { amountMinor: source({ column: amount, as: moneyAs(amount, texts(amount), profile.moneyUnit) }) }),
  }
}
