import { setTimeout as pause } from "node:timers/promises"
import { expect, test } from "vitest"
import { inTime } from "@/lib/base/http/in-time"

async function* bytes(count: number, everyMs: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i += 1) {
    await pause(everyMs)
    yield Uint8Array.of(i)
  }
}

async function read(body: AsyncIterable<Uint8Array>, workMs = 0): Promise<number> {
  let length = 0
  for await (const chunk of body) {
    length += chunk.byteLength
    await pause(workMs)
  }
  return length
}

test("passes on a body that arrives", async () => {
  expect(await read(inTime(bytes(5, 0), { idleMs: 1_000, wholeMs: 1_000 }))).toBe(5)
})

test("gives up if no byte arrives for too long", async () => {
  await expect(read(inTime(bytes(2, 5_000), { idleMs: 20, wholeMs: 10_000 }))).rejects.toMatchObject({
    code: "too_slow",
  })
})

test("gives up if the whole takes too long", async () => {
  await expect(read(inTime(bytes(1_000, 10), { idleMs: 5_000, wholeMs: 60 }))).rejects.toMatchObject({
    code: "too_slow",
  })
})

test("does not count the time that the reader takes", async () => {
  expect(await read(inTime(bytes(4, 0), { idleMs: 200, wholeMs: 200 }), 100)).toBe(4)
})

test("passes on the sender's errors, and closes a body that nobody reads any more", async () => {
  let isLetGo = false
  const body = async function* () {
    try {
      yield Uint8Array.of(1)
      throw new Error("hung up")
    } finally {
      isLetGo = true
    }
  }
  await expect(read(inTime(body(), { idleMs: 1_000, wholeMs: 1_000 }))).rejects.toThrow("hung up")
  isLetGo = false
  for await (const _chunk of inTime(body(), { idleMs: 1_000, wholeMs: 1_000 })) break
  expect(isLetGo).toBe(true)
})
