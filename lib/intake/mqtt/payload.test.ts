import { expect, test } from "vitest"
import { uploadBody } from "@/lib/intake/mqtt/payload"

test("passes on text that is not UTF-8 unchanged", () => {
  const message = Buffer.concat([Buffer.from('{"terminal":"'), Buffer.from([0xff]), Buffer.from('"}')])
  expect(uploadBody(message, "heartbeats").body).toEqual(message)
})

test("passes on a message that is nested too deeply unchanged", () => {
  const message = Buffer.from(`{"terminal":${"[".repeat(50_000)}${"]".repeat(50_000)}}`)
  expect(uploadBody(message, "heartbeats").body.length).toBe(message.length)
})

test("passes on a message that is longer than any body unread", () => {
  const message = Buffer.from(`{"terminal":"A","sentAt":"x"}${" ".repeat(16 * 1024 * 1024)}`)
  expect(uploadBody(message, "heartbeats").body).toBe(message)
})

test.each([
  ["one record", '{"terminal":"A"}', '{"terminal":"A"}', "application/x-ndjson"],
  ["one record over lines", '{\n"terminal":"A"\n}', '{"terminal":"A"}', "application/x-ndjson"],
  [
    "an array",
    '[{"terminal":"A"},{"terminal":"B"}]',
    '{"terminal":"A"}\n{"terminal":"B"}',
    "application/x-ndjson",
  ],
  [
    "a record a line",
    '{"terminal":"A"}\n{"terminal":"B"}',
    '{"terminal":"A"}\n{"terminal":"B"}',
    "application/x-ndjson",
  ],
  [
    "the envelope",
    '{"heartbeats":[{"terminal":"A","at":"t"},{"terminal":"B"}]}',
    '{"terminal":"A","at":"t"}\n{"terminal":"B"}',
    "application/x-ndjson",
  ],
  ["an id of many digits", '{"id":70123456789012347}', '{"id":"70123456789012347"}', "application/x-ndjson"],
  ["the time of sending", '{"terminal":"A","sentAt":"t"}', '{"terminal":"A"}', "application/x-ndjson"],
  [
    "the time of sending in lines, one of which is broken",
    '{"terminal":"A","sentAt":"t"}\n{"terminal":"B","sentAt"',
    '{"terminal":"A"}\n{"terminal":"B","sentAt"',
    "application/x-ndjson",
  ],
  ["no JSON", "battery low", "battery low", "application/x-ndjson"],
])("%s", (_name, message, body, contentType) => {
  const upload = uploadBody(Buffer.from(message), "heartbeats")
  expect([upload.body.toString(), upload.contentType]).toEqual([body, contentType])
})
