import { randomUUID } from "node:crypto"
import type { z } from "zod"
import { requireScope, type Actor, type Scope } from "@/lib/access/actor"
import { authenticate } from "@/lib/access/authenticate"
import { isUnavailable } from "@/lib/db/failures"
import { AppError } from "@/lib/errors"
import { problem } from "@/lib/http/problem"
import { log } from "@/lib/log"

type Parsed<Schema> = Schema extends z.ZodType<infer Value> ? Value : undefined

type Route<Query, Body, Params> = {
  auth: Scope
  query?: Query | undefined
  body?: Body | undefined
  params?: Params | undefined
  run: (input: { actor: Actor; query: Parsed<Query>; body: Parsed<Body>; params: Parsed<Params>; request: Request }) => Promise<unknown>
}

type Context = { params?: Promise<Record<string, string | string[] | undefined>> }

const longestJsonBody = 1024 * 1024

/**
 * The one wrapper of every API route: authenticate, then parse, then act. Answers JSON of what `run`
 * returns (or the Response it returns), and problem details for every error. A route without a body
 * schema may read the request's body itself, as a stream.
 */
export function handler<
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Params extends z.ZodType | undefined = undefined,
>(route: Route<Query, Body, Params>) {
  return async (request: Request, context: Context = {}): Promise<Response> => {
    const requestId = randomUUID()
    try {
      const actor = await authenticate(request)
      requireScope(actor, route.auth)
      const search = Object.fromEntries(new URL(request.url).searchParams)
      const result = await route.run({
        actor,
        query: parse<Query>(route.query, search),
        body: parse<Body>(route.body, route.body ? await jsonOf(request) : undefined),
        params: parse<Params>(route.params, (await context.params) ?? {}),
        request,
      })
      return result instanceof Response ? result : Response.json(result, { headers: { "cache-control": "no-store" } })
    } catch (error) {
      const known = isUnavailable(error)
        ? new AppError("unavailable", "The database cannot be reached. Nothing is acknowledged: send it all again later.")
        : error
      if (!(known instanceof AppError)) log.error({ requestId, path: new URL(request.url).pathname, error: describe(error) }, "a request failed")
      return problem(known, requestId)
    }
  }
}

function parse<Schema extends z.ZodType | undefined>(schema: Schema | undefined, value: unknown): Parsed<Schema> {
  if (!schema) return undefined as Parsed<Schema>
  const result = schema.safeParse(value)
  if (result.success) return result.data as Parsed<Schema>
  const errors = result.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }))
  throw new AppError("invalid", errors.map(({ field, message }) => `${field}: ${message}`).join("; "), { errors })
}

async function jsonOf(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text.length > longestJsonBody) throw new AppError("too_large", "The body is over 1 MiB.")
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError("invalid", "The body is not JSON.")
  }
}

// A database error's message may quote the row that failed, over several lines: only its code and place are logged.
const placeOf = (error: Error) => error.stack?.split("\n").filter((line) => /^\s+at /.test(line)).slice(0, 5)
const describe = (error: unknown) =>
  error instanceof Error
    ? "code" in error
      ? { name: error.name, code: error.code, stack: placeOf(error) }
      : { name: error.name, message: error.message, stack: placeOf(error) }
    : { name: "unknown" }
