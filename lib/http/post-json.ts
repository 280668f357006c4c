import type { z } from "zod"
import { answerOf } from "@/lib/http/get-json"

/** Posts to our own API and checks the answer against its schema. `body` is JSON text. */
export const postJson = <Answer>(path: string, body: string, schema: () => Promise<z.ZodType<Answer>>): Promise<Answer> => send("POST", path, body, schema)

/** Sends a value to our own API and checks the answer against its schema. */
export const sendJson = <Answer>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body: object | undefined, schema: () => Promise<z.ZodType<Answer>>): Promise<Answer> =>
  send(method, path, body === undefined ? null : JSON.stringify(body), schema)

async function send<Answer>(method: string, path: string, body: string | null, schema: () => Promise<z.ZodType<Answer>>): Promise<Answer> {
  return answerOf(await fetch(path, { method, headers: { "content-type": "application/json" }, body }), schema)
}
