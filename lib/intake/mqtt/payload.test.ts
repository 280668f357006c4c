import { expect, test } from "vitest"
import { uploadBody } from "@/lib/intake/mqtt/payload"

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
  ["the envelope", '{"heartbeats":[]}', '{"heartbeats":[]}', "application/json"],
  ["no JSON", "battery low", "battery low", "application/x-ndjson"],
])("%s", (_name, message, body, contentType) => {
  const upload = uploadBody(Buffer.from(message), "heartbeats")
  expect([upload.body.toString(), upload.contentType]).toEqual([body, contentType])
})
