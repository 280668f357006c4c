import type { z } from "zod"
import { answerOf } from "@/lib/http/get-json"

/** Posts to our own API and checks the answer against its schema. `body` is JSON text. */
export async function postJson<Answer>(path: string, body: string, schema: () => Promise<z.ZodType<Answer>>): Promise<Answer> {
  return answerOf(await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body }), schema)
}
