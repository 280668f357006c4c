import type { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission, type Permission } from "@/lib/access/actor/permissions"
import { admitVisitor } from "@/lib/access/routes/admit-visitor"
import { authenticate } from "@/lib/access/routes/authenticate"
import { limitActor } from "@/lib/access/routes/limit-actor"
import { answerError } from "@/lib/base/http/answer"
import { parse, type Parsed } from "@/lib/base/http/parse"
import { readJson } from "@/lib/base/http/read-text"
import type { Allowance } from "@/lib/base/limits/limit-by-address"

/** JSON of a schema, or a Response that is a file. */
type Answer = z.ZodType | "file"
type Answered<Schema> = Schema extends z.ZodType<infer Value> ? Value : Response

type Route<May, Query, Body, Params, Result> = {
  /** What the actor must be allowed; null where a route is open to visitors, who are no actor yet. */
  may: May
  /** How often an address may call an open route; by default as often as a link is looked at. */
  allowance?: Allowance
  /** Whether those may call it, too, who have yet to change their one-time password. */
  isOpenBeforePasswordChange?: true
  query?: Query | undefined
  body?: Body | undefined
  params?: Params | undefined
  answer: Result
  run: (input: {
    actor: May extends null ? null : Actor
    query: Parsed<Query>
    body: Parsed<Body>
    params: Parsed<Params>
    request: Request
  }) => Promise<Answered<Result>>
}

/** What a route asks of a request, and what it answers. */
export type Schemas = {
  query?: z.ZodType | undefined
  body?: z.ZodType | undefined
  params?: z.ZodType | undefined
  answer: Answer
}

type Context = { params?: Promise<Record<string, string | string[] | undefined>> }

/**
 * The one wrapper of every API route: authenticate, then limit, then parse, then act. Answers JSON of what
 * `run` returns, which the types hold to the schema `answer` (or the file it returns), and problem details
 * for every error. A route without a body schema may read the request's body itself, as a stream. The route
 * tells what it asks for and answers: `permission` and its schemas, of which the API document is made.
 */
export function handler<
  May extends Permission | null,
  Result extends Answer,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Params extends z.ZodType | undefined = undefined,
>(route: Route<May, Query, Body, Params, Result>) {
  const respond = async (request: Request, context: Context = {}): Promise<Response> => {
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
      return result instanceof Response
        ? result
        : Response.json(result, { headers: { "cache-control": "no-store" } })
    } catch (error) {
      return answerError(error, new URL(request.url).pathname)
    }
  }
  const { may, query, body, params, answer } = route
  return Object.assign(respond, { permission: may, schemas: { query, body, params, answer } as Schemas })
}

async function actorOf(
  request: Request,
  route: { may: Permission | null; allowance?: Allowance; isOpenBeforePasswordChange?: true },
): Promise<Actor | null> {
  if (route.may === null) {
    await admitVisitor(request, route.allowance ?? "account-links")
    return null
  }
  const actor = await authenticate(request, route)
  await limitActor(actor, route.may)
  requirePermission(actor, route.may)
  return actor
}
