import { routes as modules } from "@/app/api/v1/openapi.json/routes"
import answers from "@/lib/run/openapi/answers.json"
import { calls } from "@/lib/run/openapi/calls"
import { documentOf, type Answers } from "@/lib/run/openapi/document"
import { ApiDocument } from "@/tests/support/api-document"
import type { Route } from "@/tests/support/routes"
import type { Place } from "@/tests/support/tables/place"

/** The organisation of the examples in lib/run/openapi/examples.ts, and its store. */
export const exampleOrganisation: Place = {
  mark: "odd",
  base: 40,
  orgId: "0a000000-0000-4000-8000-00000000000a",
  sales: 100,
  owner: null,
}
export const exampleShop: Place = { ...exampleOrganisation, owner: exampleOrganisation }

/** The paths of the OpenAPI document. */
export const { paths } = ApiDocument.parse(documentOf(modules, answers as Answers))

const addressOf = ({ path }: Route) => path.replaceAll(/\[(\w+)\]/g, "{$1}")

/** The name of a route in the OpenAPI document, such as "GET /api/v1/terminals/{id}". */
export const callName = (route: Route): string => `${route.method} ${addressOf(route)}`

export const exampleOf = (route: Route) => calls[callName(route)]
export const operationOf = (route: Route) => paths[addressOf(route)]?.[route.method.toLowerCase()]
export const parametersOf = (route: Route, place: "path" | "query") =>
  (operationOf(route)?.parameters ?? []).filter((parameter) => parameter.in === place)
