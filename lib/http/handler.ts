import type { z } from "zod"
import type { Actor } from "@/lib/access/actor"
import { authenticate } from "@/lib/access/authenticate"
import { requirePermission, type Permission } from "@/lib/access/permissions"
import { AppError } from "@/lib/errors"
import { answerError } from "@/lib/http/answer"

type Parsed<Schema> = Schema extends z.ZodType<infer Value> ? Value : undefined

type Route<Query, Body, Params> = {
  may: Permission
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
 * schema may read the request's body itself, as a stream. The route tells what it asks for: `permission`.
 */
export function handler<
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Params extends z.ZodType | undefined = undefined,
>(route: Route<Query, Body, Params>) {
  const answer = async (request: Request, context: Context = {}): Promise<Response> => {
    try {
      const actor = await authenticate(request)
      requirePermission(actor, route.may)
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
      return answerError(error, new URL(request.url).pathname)
    }
  }
  return Object.assign(answer, { permission: route.may })
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
