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

test("a body that comes is handed on whole", async () => {
  expect(await read(inTime(bytes(5, 0), { idleMs: 1_000, wholeMs: 1_000 }))).toBe(5)
})

test("no byte for too long is too slow", async () => {
  await expect(read(inTime(bytes(2, 5_000), { idleMs: 20, wholeMs: 10_000 }))).rejects.toMatchObject({
    code: "too_slow",
  })
})

test("a byte now and then is too slow in all", async () => {
  await expect(read(inTime(bytes(1_000, 10), { idleMs: 5_000, wholeMs: 60 }))).rejects.toMatchObject({
    code: "too_slow",
  })
})

test("the sender is not blamed for the time that we take", async () => {
  expect(await read(inTime(bytes(4, 0), { idleMs: 200, wholeMs: 200 }), 100)).toBe(4)
})

test("what went wrong at the sender's is told, and a body that nobody wants any more is let go", async () => {
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
