import type { z } from "zod"
import { answerOf } from "@/lib/base/http/get-json"

type Method = "POST" | "PUT" | "PATCH" | "DELETE"

/** Sends a value, or JSON text as it is, to our own API and checks the answer against its schema. */
export async function sendJson<Answer>(
  method: Method,
  path: string,
  body: object | string | null,
  schema: () => Promise<z.ZodType<Answer>>,
): Promise<Answer> {
  const text = typeof body === "object" && body !== null ? JSON.stringify(body) : body
  return answerOf(
    await fetch(path, { method, headers: { "content-type": "application/json" }, body: text }),
    schema,
  )
}
