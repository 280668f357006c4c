import type { z } from "zod"
import type { Actor } from "@/lib/access/actor"
import { admitVisitor } from "@/lib/access/admit-visitor"
import { authenticate } from "@/lib/access/authenticate"
import { requirePermission, type Permission } from "@/lib/access/permissions"
import { AppError } from "@/lib/errors"
import { answerError } from "@/lib/http/answer"
import { readJson } from "@/lib/http/read-text"
import { limitActor } from "@/lib/limits/limit-actor"
import type { Allowance } from "@/lib/limits/limit-by-address"

type Parsed<Schema> = Schema extends z.ZodType<infer Value> ? Value : undefined

type Route<May, Query, Body, Params> = {
  /** What the actor must be allowed; null where a route is open to visitors, who are no actor yet. */
  may: May
  /** How often an address may call an open route; by default as often as a link is looked at. */
  allowance?: Allowance
  /** Whether those may call it, too, who have yet to change their one-time password. */
  isOpenBeforePasswordChange?: true
  query?: Query | undefined
  body?: Body | undefined
  params?: Params | undefined
  run: (input: { actor: May extends null ? null : Actor; query: Parsed<Query>; body: Parsed<Body>; params: Parsed<Params>; request: Request }) => Promise<unknown>
}

/** What a route asks of a request. */
export type Schemas = { query?: z.ZodType | undefined; body?: z.ZodType | undefined; params?: z.ZodType | undefined }

type Context = { params?: Promise<Record<string, string | string[] | undefined>> }

/**
 * The one wrapper of every API route: authenticate, then limit, then parse, then act. Answers JSON of what `run`
 * returns (or the Response it returns), and problem details for every error. A route without a body
 * schema may read the request's body itself, as a stream. The route tells what it asks for: `permission` and
 * its schemas, of which the API document is made.
 */
export function handler<
  May extends Permission | null,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Params extends z.ZodType | undefined = undefined,
>(route: Route<May, Query, Body, Params>) {
  const answer = async (request: Request, context: Context = {}): Promise<Response> => {
    try {
      const actor = await actorOf(request, route)
      const search = Object.fromEntries(new URL(request.url).searchParams)
      const result = await route.run({
        actor: actor as May extends null ? null : Actor,
        query: parse<Query>(route.query, search),
        body: parse<Body>(route.body, route.body ? await readJson(request) : undefined),
        params: parse<Params>(route.params, (await context.params) ?? {}),
        request,
      })
      return result instanceof Response ? result : Response.json(result, { headers: { "cache-control": "no-store" } })
    } catch (error) {
      return answerError(error, new URL(request.url).pathname)
    }
  }
  const { may, query, body, params } = route
  return Object.assign(answer, { permission: may, schemas: { query, body, params } as Schemas })
}

async function actorOf(request: Request, route: { may: Permission | null; allowance?: Allowance; isOpenBeforePasswordChange?: true }): Promise<Actor | null> {
  if (route.may === null) {
    await admitVisitor(request, route.allowance ?? "account-links")
    return null
  }
  const actor = await authenticate(request, route)
  await limitActor(actor, route.may)
  requirePermission(actor, route.may)
  return actor
}

function parse<Schema extends z.ZodType | undefined>(schema: Schema | undefined, value: unknown): Parsed<Schema> {
  if (!schema) return undefined as Parsed<Schema>
  const result = schema.safeParse(value)
  if (result.success) return result.data as Parsed<Schema>
  const errors = result.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }))
  throw new AppError("invalid", errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; "), { errors })
}
