import assert from "node:assert/strict"
import pLimit from "p-limit"
import { Random } from "@/lib/run/simulation/random"
import type { SentRow } from "@/tests/support/recount"

export type Sent = {
  kind: SentRow["kind"]
  record: Record<string, unknown> & { terminal: string; at: string }
}

const pieces = 12
const recordsAPiece = 20
const timesSent = 3
const atOnce = 12

/**
 * Heartbeats and sales of these terminals in pieces that overlap in time. The newest heartbeat of the first
 * terminal reports tampering.
 */
function piecesOf(serials: readonly string[], random: Random): Sent[][] {
  const begin = Date.now() - 30 * 3_600_000
  return Array.from({ length: pieces }, (_, piece) =>
    serials.flatMap((terminal, place) => [
      ...Array.from({ length: recordsAPiece }, (_beat, i): Sent => {
        const at = new Date(
          begin + (piece * recordsAPiece + i) * 240_000 + random.below(120_000),
        ).toISOString()
        const isLast = place === 0 && piece === pieces - 1 && i === recordsAPiece - 1
        return {
          kind: "heartbeat",
          record: {
            terminal,
            at,
            printerLines: 100 + (piece * recordsAPiece + i) * 3,
            ...(isLast ? { tamper: true } : {}),
          },
        }
      }),
      ...Array.from({ length: recordsAPiece }, (_sale, i): Sent => ({
        kind: "transaction",
        record: {
          terminal,
          id: `${terminal} ${piece} ${i}`,
          at: new Date(begin + random.below(28 * 3_600_000)).toISOString(),
          outcome: ["approved", "approved", "declined", "failed"][random.below(4)] ?? "approved",
          entryMode: "chip",
          amountMinor: 100,
          cardRef: `card ${random.below(3)}`,
        },
      })),
    ]),
  )
}

type Server = { urls: readonly string[]; key: string }

async function post(
  { urls, key }: Server,
  kind: Sent["kind"],
  records: Sent["record"][],
  turn: number,
): Promise<number> {
  const body = records.map((record) => JSON.stringify(record)).join("\n")
  const response = await fetch(`${urls[turn % urls.length]}/api/v1/${kind}s`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
  })
  assert.equal(response.status, 200, `an upload was answered ${response.status}`)
  const answer = (await response.json()) as { accepted: number; duplicates: number; rejected: number }
  assert.deepEqual(
    { all: answer.accepted + answer.duplicates, rejected: answer.rejected },
    { all: records.length, rejected: 0 },
  )
  return answer.accepted
}

/**
 * Sends every piece several times to all servers, at once and in random order. Each record must be accepted
 * exactly once. Returns the records.
 */
export async function sendToAll(server: Server, serials: readonly string[]): Promise<Sent[]> {
  const random = new Random("many processes", 1)
  const every = piecesOf(serials, random)
  const uploads = every.flatMap((piece) =>
    (["heartbeat", "transaction"] as const).flatMap((kind) =>
      Array.from({ length: timesSent }, (_, turn) => ({
        kind,
        turn,
        order: random.below(1_000_000),
        records: piece.filter((sent) => sent.kind === kind).map(({ record }) => record),
      })),
    ),
  )
  const limit = pLimit(atOnce)
  const accepted = await Promise.all(
    uploads
      .toSorted((a, b) => a.order - b.order)
      .map(({ kind, records, turn }) => limit(() => post(server, kind, records, turn))),
  )
  const sent = every.flat()
  assert.equal(
    accepted.reduce((total, count) => total + count, 0),
    sent.length,
    "each record is accepted once",
  )
  return sent
}
