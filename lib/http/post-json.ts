import type { z } from "zod"
import { answerOf } from "@/lib/http/get-json"

/** Posts to our own API, or sends by another method, and checks the answer against its schema. `body` is JSON text. */
export async function postJson<Answer>(path: string, body: string, schema: () => Promise<z.ZodType<Answer>>, method: "POST" | "PUT" | "PATCH" | "DELETE" = "POST"): Promise<Answer> {
  return answerOf(await fetch(path, { method, headers: { "content-type": "application/json" }, body }), schema)
}
