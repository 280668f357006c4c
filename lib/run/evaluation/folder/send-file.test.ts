import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { systemActor } from "@/lib/access/actor/actor"
import { AppError } from "@/lib/base/errors"
import { nothingSent, sendFile, type Verb } from "@/lib/run/evaluation/folder/send-file"

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "sent-"))))
afterAll(() => rmSync(folder, { recursive: true }))

const refuses: Verb = () => Promise.reject(new AppError("invalid", "The body is not welcome."))
const send = (text: string) => {
  const path = join(folder, "hb-2026-06-02.ndjson")
  writeFileSync(path, text)
  return sendFile(refuses, { actor: systemActor("of nobody"), path, receivedAt: new Date() })
}

test.each(["", "\n\r\n  \n", "\uFEFF"])("of a blank file %j nothing arrives", async (text) =>
  expect(await send(text)).toEqual(nothingSent()),
)

test("what a verb refuses as a whole names the file", () =>
  expect(send("{}\n")).rejects.toThrow("hb-2026-06-02.ndjson: The body is not welcome."))
