import type { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission, type Permission } from "@/lib/access/actor/permissions"
import { authenticate } from "@/lib/access/routes/authenticate"
import { checkVisitor } from "@/lib/access/routes/check-visitor"
import { isUpload, limitActor } from "@/lib/access/routes/limit-actor"
import { asWork } from "@/lib/base/db/work"
import { answerError } from "@/lib/base/http/answer"
import { jsonAnswer } from "@/lib/base/http/json-answer"
import { parse, type Parsed } from "@/lib/base/http/parse"
import { readJson } from "@/lib/base/http/read-text"
import type { Allowance } from "@/lib/base/limits/limit-by-address"

/** A schema for JSON, or "file" for a Response that is a file. */
type Answer = z.ZodType | "file"
type Answered<Schema> = Schema extends z.ZodType<infer Value> ? Value : Response

type Route<May, Query, Body, Params, Result> = {
  /** The permission that the route needs. Null for a public route, which has no actor. */
  may: May
  /** How often an address may call a public route. The default is the limit for reading a link. */
  allowance?: Allowance
  /** Whether a user who must still change a one-time password may call it. */
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

/** The schemas of a route's request. */
export type Schemas = {
  query?: z.ZodType | undefined
  body?: z.ZodType | undefined
  params?: z.ZodType | undefined
  answer: Answer
}

type Context = { params?: Promise<Record<string, string | string[] | undefined>> }

/**
 * Wraps every API route: authenticates, checks limits, parses, runs. Answers `run`'s result as JSON of the
 * schema `answer` (or as the file it returns), and every error as problem details. A route without a body
 * schema reads the body itself, as a stream. The permission and schemas are attached to the route for the
 * API reference.
 */
export function handler<
  May extends Permission | null,
  Result extends Answer,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Params extends z.ZodType | undefined = undefined,
>(route: Route<May, Query, Body, Params, Result>) {
  const answerTo = async (request: Request, context: Context): Promise<Response> => {
    try {
      const actor = await actorOf(request, route)
      const search = Object.fromEntries(new URL(request.url).searchParams)
      const result = await route.run({
        actor: actor as May extends null ? null : Actor,
        // What is searched for is not stored.
        query: parse<Query>(route.query, search, { mayBeStored: request.method !== "GET" }),
        body: parse<Body>(route.body, route.body ? await readJson(request) : undefined),
        params: parse<Params>(route.params, (await context.params) ?? {}),
        request,
      })
      return result instanceof Response ? result : jsonAnswer(request, result)
    } catch (error) {
      return answerError(error, new URL(request.url).pathname)
    }
  }
  const respond = (request: Request, context: Context = {}): Promise<Response> =>
    isUpload(route.may) ? asWork("ingest", () => answerTo(request, context)) : answerTo(request, context)
  const { may, query, body, params, answer } = route
  return Object.assign(respond, { permission: may, schemas: { query, body, params, answer } as Schemas })
}

async function actorOf(
  request: Request,
  route: { may: Permission | null; allowance?: Allowance; isOpenBeforePasswordChange?: true },
): Promise<Actor | null> {
  if (route.may === null) {
    await checkVisitor(request, route.allowance ?? "account-links")
    return null
  }
  const actor = await authenticate(request, route)
  await limitActor(actor, route.may)
  requirePermission(actor, route.may)
  return actor
}
