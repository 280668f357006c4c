import type { z } from "zod"
import { answerOf } from "@/lib/http/get-json"

type Method = "POST" | "PUT" | "PATCH" | "DELETE"

/** Posts to our own API, or sends by another method, and checks the answer against its schema. `body` is JSON text. */
export async function postJson<Answer>(path: string, body: string | null, schema: () => Promise<z.ZodType<Answer>>, method: Method = "POST"): Promise<Answer> {
  return answerOf(await fetch(path, { method, headers: { "content-type": "application/json" }, body }), schema)
}

/** Sends a value to our own API and checks the answer against its schema. */
export const sendJson = <Answer>(method: Method, path: string, body: object | undefined, schema: () => Promise<z.ZodType<Answer>>): Promise<Answer> =>
  postJson(path, body === undefined ? null : JSON.stringify(body), schema, method)
