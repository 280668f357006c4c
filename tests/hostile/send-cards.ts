import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { gzipSync } from "node:zlib"
import { writeXlsx } from "hucre/xlsx"
import { vendors } from "@/lib/intake/adapters/adapters"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { everyOtherCode } from "@/lib/intake/imports/words"
import { uploadBody } from "@/lib/intake/mqtt/payload"
import { Transaction } from "@/lib/intake/transactions/schemas"
import { cards, spellings } from "@/tests/hostile/cards"
import { send } from "@/tests/hostile/check-clients"
import type { Answer } from "@/tests/hostile/clients"

type Server = { url: string; key: string }

type Post = (
  path: string,
  body: Uint8Array<ArrayBuffer> | string,
  more?: { type?: string; headers?: Record<string, string> },
) => Promise<Answer>

const importedWithinMs = 30_000

const at = new Date().toISOString()
const beat = { terminal: "SN-1", at }
const sale = { ...beat, id: "1", outcome: "approved" }
const kinds = [
  { noun: "heartbeats", good: beat, fields: Object.keys(Heartbeat.shape) },
  { noun: "transactions", good: sale, fields: Object.keys(Transaction.shape) },
]

/** Sends card numbers in every place that takes data. No answer may be 5xx. */
export async function sendCards({ url, key }: Server): Promise<number> {
  let sent = 0
  const post: Post = async (path, body, more = {}) => {
    const answer = await send({ url, path, key, ...more }, body)
    assert.ok(answer.status < 500, `${path} answers ${answer.status}: ${answer.body}`)
    sent += 1
    return answer
  }
  for (const card of cards) {
    for (const kind of kinds) await sendRecords(post, kind, card)
    for (const vendor of vendors) await sendToAdapter(post, vendor, card)
    for (const path of [
      `quarantine?terminal=${card}`,
      `terminals?search=${card}`,
      `terminals/${card}`,
      `imports/${card}`,
    ]) {
      const response = await fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${card}` } })
      assert.equal(response.status, 401)
    }
    // Next would print the name of an action that it does not have.
    const headers = { "next-action": card, "content-type": "text/plain;charset=UTF-8" }
    assert.equal((await fetch(`${url}/sign-in`, { method: "POST", headers, body: "[]" })).status, 405)
    await importCards({ url, key, card, post })
  }
  return sent
}

/** Bodies of one kind of record, whole and broken, as NDJSON, gzip, JSON, CSV and from MQTT. */
async function sendRecords(post: Post, { noun, good, fields }: (typeof kinds)[number], card: string) {
  const path = `/api/v1/${noun}`
  const records = [...fields, "unknown", "__proto__", "events"].flatMap((field) => [
    ...spellings(card).map((value) => withField(good, field, JSON.stringify(value))),
    withField(good, field, card),
    withField(good, field, `[{"kind":"${card}"}]`),
    withField(good, field, JSON.stringify(`7 ${card}, 李`)),
    withField(good, field, `"\\u00${card.charCodeAt(0).toString(16)}${card.slice(1)}"`),
  ])
  const broken = [`{"terminal":"SN-1","cardRef":"${card}`, card, `\xff{"a":${card}}`, `{"${card}":1}`]
  const body = [...records, ...broken].join("\n")
  await post(path, body)
  await post(`${path}?via=next`, body)
  await post(path, gzipSync(body), { headers: { "content-encoding": "gzip" } })
  await post(path, gzipSync(body).subarray(0, 400), { headers: { "content-encoding": "gzip" } })
  await post(path, `{"${noun}":[${records.join(",")}]}`, { type: "application/json" })
  await post(path, `{"${noun}":[${records.join(",")}`, { type: "application/json" })
  const csv = [
    `terminal,at,id,outcome,${fields.filter((field) => !(field in sale)).join(",")}`,
    Array.from({ length: fields.length }, () => card).join(","),
    `SN-1,${at},1,approved,"${card}\n`,
  ]
  await post(path, csv.join("\n"), { type: "text/csv" })
  await post(path, `terminal,at,id,outcome,${card}\nSN-1,${at},=1+${card},approved,'${card}\n`, {
    type: "text/csv",
  })
  for (const message of [records[0] ?? "", `[${records.join(",")}]`, `{"${noun}":[${card}]}`, card]) {
    const { body: bytes, contentType } = uploadBody(Buffer.from(message), noun)
    await post(path, new Uint8Array(bytes), { type: contentType })
  }
  await post(path, body, { type: `text/${card}` })
  await post(path, body, { headers: { "content-encoding": card } })
  await post(`/api/v1/${card}`, body)
}

async function sendToAdapter(post: Post, vendor: string, card: string) {
  const record = {
    serialNo: card,
    serialNumber: card,
    serial_number: card,
    object: "terminal.reader",
    lastAccessTime: Date.now(),
    last_seen_at: Date.now(),
    lastActivityAt: at,
    tid: card,
    modelName: card,
    merchantName: card,
    device_sw_version: card,
    firmwareVersion: card,
    location: card,
    more: { [card]: card },
  }
  const named = { ...record, serialNo: "SN-2", serialNumber: "SN-2", serial_number: "SN-2" }
  const nexo = {
    SaleToPOIRequest: {
      MessageHeader: { POIID: `A-${card}` },
      EventNotification: { TimeStamp: at, EventToNotify: card, EventDetails: card },
    },
  }
  for (const one of [record, named, nexo])
    await post(`/api/v1/adapters/${vendor}`, JSON.stringify(one), { type: "application/json" })
  await post(`/api/v1/adapters/${vendor}`, `${JSON.stringify(record)}\n{"serialNo":"${card}`)
}

const withField = (good: object, field: string, json: string) => {
  const others = Object.entries(good)
    .filter(([name]) => name !== field)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return `{${[...others, `${JSON.stringify(field)}:${json}`].join(",")}}`
}

/** What the files leave open. */
const answers = { codeMeanings: { "00": "approved", [everyOtherCode]: "quarantine" }, moneyUnit: "yuan" }

type Importing = Server & { card: string; post: Post }

/** Uploads files with the card number and waits until the worker has imported them. */
async function importCards({ url, key, card, post }: Importing): Promise<void> {
  const header = ["终端号", "交易时间", "参考号", "应答码", "交易金额", "卡号", "操作员", card]
  const row = ["SN-3", "2026-11-20 10:00:00", "600000000001", "00", "12.50", card, "01", card]
  const rows = [
    [`商户 ${card}`],
    header,
    row,
    ...header.map((_name, i) => row.map((cell, j) => (i === j ? `'${card}` : cell))),
  ]
  const cells = rows.map((one) =>
    one.map((cell) => (cell === card && card.length < 16 ? Number(cell) : cell)),
  )
  const workbook = await writeXlsx({ sheets: [{ name: card, rows: cells }] })
  const files = [rows.map((one) => one.join(",")).join("\n"), new Uint8Array(workbook)]
  for (const [i, file] of files.entries()) {
    const uploaded = await post(`/api/v1/imports?fileName=${card}.${i === 0 ? "csv" : "xlsx"}`, file)
    assert.equal(uploaded.status, 200, uploaded.body)
    const { id, mapping: found } = JSON.parse(uploaded.body) as { id: string; mapping: object }
    const mapping = { ...found, ...answers }
    const profile = JSON.stringify({ profile: mapping })
    assert.equal((await post(`/api/v1/imports/${id}/preview`, profile)).status, 200)
    await post(`/api/v1/imports/${id}/start`, JSON.stringify({ profile: { ...mapping, description: card } }))
    const started = await post(`/api/v1/imports/${id}/start`, profile)
    assert.equal(started.status, 200, started.body)
    const headers = { authorization: `Bearer ${key}` }
    for (const deadline = Date.now() + importedWithinMs; ; await pause(50)) {
      const { state } = (await (await fetch(`${url}/api/v1/imports/${id}`, { headers })).json()) as {
        state: string
      }
      if (state === "done") break
      assert.ok(Date.now() < deadline, `the import is ${state}`)
    }
    assert.equal((await fetch(`${url}/api/v1/imports/${id}/rejected`, { headers })).status, 200)
  }
}
