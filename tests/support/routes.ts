import { readdirSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Permission } from "@/lib/access/actor/permissions"
import { windowGiven } from "@/tests/support/given-bodies"
import { idOf, uuidOf, type Place } from "@/tests/support/tables/place"

export const methods = ["GET", "PUT", "PATCH", "POST", "DELETE"] as const
export type Method = (typeof methods)[number]

type Answer = (request: Request, context?: { params?: Promise<Record<string, string>> }) => Promise<Response>
/** `permission` is the one that `handler` asks for, null on a public route. */
export type Route = { path: string; method: Method; answer: Answer; permission: Permission | null }

const routeFilesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? routeFilesBelow(join(folder, entry.name))
      : entry.name === "route.ts"
        ? [join(folder, entry.name)]
        : [],
  )

/** Every route and method of the API, from the file tree. */
export async function apiRoutes(): Promise<Route[]> {
  const routes: Route[] = []
  for (const file of routeFilesBelow("app/api/v1").toSorted()) {
    const exported = (await import(pathToFileURL(file).href)) as Partial<
      Record<Method, Answer & { permission?: Permission | null }>
    >
    for (const method of methods) {
      const answer = exported[method]
      if (answer)
        routes.push({
          path: file.replace(/^app(.*)\/route\.ts$/, "$1"),
          method,
          answer,
          permission: answer.permission ?? null,
        })
    }
  }
  return routes
}

/** Whose id a route's parameter contains: a store's, its organisation's, the caller's or nobody's. */
type Subject = {
  of: "store" | "organisation" | "caller" | "nobody"
  param: (place: Place, session: string) => Record<string, string>
}

/** The values of route parameters, by the beginning of the path. */
const subjects: Record<string, Subject> = {
  "/api/v1/account-links/[token]": { of: "nobody", param: () => ({ token: "t".repeat(43) }) },
  "/api/v1/account/sessions/[id]": { of: "caller", param: (_place, session) => ({ id: session }) },
  "/api/v1/group-mappings/[id]": {
    of: "organisation",
    param: (place) => ({ id: String(idOf(place, "mapping")) }),
  },
  "/api/v1/keys/[id]": { of: "organisation", param: (place) => ({ id: uuidOf(place, "key") }) },
  "/api/v1/users/[id]": { of: "organisation", param: (place) => ({ id: uuidOf(place, "user") }) },
  "/api/v1/terminals/[id]": { of: "store", param: (place) => ({ id: String(idOf(place, "terminal")) }) },
  "/api/v1/merchants/[id]": { of: "store", param: (place) => ({ id: String(idOf(place, "merchant")) }) },
  "/api/v1/regions/[id]": { of: "store", param: (place) => ({ id: String(idOf(place, "region")) }) },
  "/api/v1/stores/[id]": { of: "store", param: (place) => ({ id: String(idOf(place, "store")) }) },
  "/api/v1/imports/[id]": { of: "organisation", param: (place) => ({ id: uuidOf(place, "import") }) },
  "/api/v1/quarantine/[id]": {
    of: "organisation",
    param: (place) => ({ id: String(idOf(place, "quarantine")) }),
  },
  "/api/v1/suppliers/[id]": {
    of: "organisation",
    param: (place) => ({ id: String(idOf(place, "supplier")) }),
  },
  "/api/v1/models/[id]": { of: "organisation", param: (place) => ({ id: String(idOf(place, "model")) }) },
  "/api/v1/approvals/[id]": {
    of: "organisation",
    param: (place) => ({ id: String(idOf(place, "approval")) }),
  },
  "/api/v1/releases/[id]": { of: "organisation", param: (place) => ({ id: String(idOf(place, "release")) }) },
  "/api/v1/release-policies/[id]": {
    of: "organisation",
    param: (place) => ({ id: String(idOf(place, "policy")) }),
  },
  "/api/v1/acquirers/[id]": {
    of: "organisation",
    param: (place) => ({ id: String(idOf(place, "acquirer")) }),
  },
  "/api/v1/flags/[id]": { of: "store", param: (place) => ({ id: String(idOf(place, "flag")) }) },
  "/api/v1/remote-actions/[id]": {
    of: "store",
    param: (place) => ({ id: String(idOf(place, "remoteAction")) }),
  },
  "/api/v1/incidents/[id]": { of: "store", param: (place) => ({ id: String(idOf(place, "incident")) }) },
  "/api/v1/maintenance-windows/[id]": {
    of: "store",
    param: (place) => ({ id: String(idOf(place, "window")) }),
  },
  "/api/v1/trainings/[id]": { of: "store", param: (place) => ({ id: String(idOf(place, "training")) }) },
  "/api/v1/contingency-plans/[class]": { of: "nobody", param: () => ({ class: "acquirer" }) },
  "/api/v1/code-packs/[codeSystem]": { of: "nobody", param: () => ({ codeSystem: "unionpay" }) },
  "/api/v1/adapters/[vendor]": { of: "nobody", param: () => ({ vendor: "stripe" }) },
  "/api/v1/reports/weekly/[week]": { of: "nobody", param: () => ({ week: "2026-W40" }) },
}

export function subjectOf({ path }: Pick<Route, "path">): Subject | null {
  if (!path.includes("[")) return null
  const subject = Object.entries(subjects).find(
    ([start]) => path === start || path.startsWith(`${start}/`),
  )?.[1]
  if (!subject) throw new Error(`add the parameter of ${path} to tests/support/routes.ts`)
  return subject
}

const profile = {
  name: "mine",
  description: "",
  kind: "heartbeats",
  timeZone: "UTC",
  columns: {},
  fields: {},
}

/** Bodies that pass the schema, for routes that look up the id only after that. */
const bodies: Record<string, (place: Place) => object> = {
  "PATCH /api/v1/merchants/[id]": () => ({}),
  "PATCH /api/v1/regions/[id]": () => ({}),
  "PATCH /api/v1/stores/[id]": () => ({}),
  "PUT /api/v1/import-profiles": () => ({ profile }),
  "POST /api/v1/imports/[id]/preview": () => ({ profile }),
  "POST /api/v1/imports/[id]/read": () => ({ encoding: "utf8" }),
  "POST /api/v1/imports/[id]/start": () => ({ profile }),
  "PATCH /api/v1/keys/[id]": () => ({}),
  "POST /api/v1/keys/[id]/rotation": () => ({ worksUntil: new Date(Date.now() + 3_600_000).toISOString() }),
  "PATCH /api/v1/users/[id]": () => ({}),
  "PUT /api/v1/maintenance-windows/[id]": (place) => windowGiven(idOf(place, "store")).body,
  "POST /api/v1/flags/[id]/remote-action": () => ({ action: "restart" }),
  "PUT /api/v1/suppliers/[id]": () => ({ name: "renamed", isSupplier: true }),
  "PUT /api/v1/models/[id]": () => ({ name: "renamed" }),
  "PUT /api/v1/approvals/[id]": () => ({
    component: "os",
    version: "10",
    kind: "os",
    source: "test",
    checkedOn: "2026-11-25",
  }),
  "PUT /api/v1/releases/[id]": () => ({ component: "app", version: "2.0" }),
  "PUT /api/v1/release-policies/[id]": () => ({ component: "app", minimumVersion: "2.0" }),
  "PUT /api/v1/acquirers/[id]": () => ({ code: "renamed", name: "renamed" }),
  "POST /api/v1/imports/[id]/dry-run": () => ({
    profile: { ...profile, kind: "terminals", columns: { "column ours": "serial" } },
  }),
  "POST /api/v1/terminals": (place) => ({ serial: `new ${place.mark}`, store: idOf(place, "store") }),
  "PATCH /api/v1/terminals/[id]": () => ({ labels: [] }),
  "POST /api/v1/terminals/[id]/enrol": () => ({}),
  "POST /api/v1/terminals/[id]/merge": (place) => ({ merged: idOf(place, "terminal") }),
  "POST /api/v1/terminals/[id]/move": (place) => ({ store: idOf(place, "store") }),
  "POST /api/v1/terminals/[id]/status": () => ({ status: "active" }),
  "POST /api/v1/terminals/[id]/swap": (place) => ({
    replacement: idOf(place, "terminal"),
    oldStatus: "spare",
  }),
  "POST /api/v1/terminals/[id]/tid": (place) => ({ tid: `tid ${place.mark}` }),
  "POST /api/v1/terminals/bulk": (place) => ({
    terminals: { ids: [idOf(place, "terminal")] },
    change: { kind: "labels", add: [] },
  }),
  "POST /api/v1/quarantine/[id]/enrol": (place) => ({ store: idOf(place, "store") }),
}

/** `session` is the caller's own, for routes that name it. By default it belongs to the place's user. */
type Call = {
  place: Place
  headers?: Record<string, string>
  query?: string
  session?: string
  /** Replaces the default body. */
  body?: object | string
  params?: Record<string, string>
}

/** Calls a route as Next does, with ids of the place. */
export function callRoute(
  route: Route,
  { place, headers = {}, query = "", session, ...given }: Call,
): Promise<Response> {
  const body = given.body ?? bodies[`${route.method} ${route.path}`]?.(place)
  const subject = subjectOf(route)
  const organisation = place.owner ?? place
  const params =
    given.params ??
    subject?.param(
      subject.of === "organisation" ? organisation : place,
      session ?? uuidOf(organisation, "session"),
    ) ??
    {}
  const path = route.path.replaceAll(/\[(\w+)\]/g, (_, name: string) => params[name] ?? "")
  const request = new Request(`http://localhost${path}${query}`, {
    method: route.method,
    headers: { "content-type": "application/json", host: "localhost", ...headers },
    ...(route.method === "GET"
      ? {}
      : { body: typeof body === "object" ? JSON.stringify(body) : (body ?? "") }),
  })
  return route.answer(request, { params: Promise.resolve(params) })
}
