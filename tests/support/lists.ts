import { parametersOf } from "@/tests/support/documented"
import type { Route } from "@/tests/support/routes"

/** A paged list in one of its orders. */
export type Listed = { route: Route; order: Record<string, string> }

/** All paged lists in each of their orders. */
export function listsOf(routes: readonly Route[]): Listed[] {
  return routes.flatMap((route) => {
    const parameters = route.method === "GET" ? parametersOf(route, "query") : []
    if (!parameters.some(({ name }) => name === "cursor")) return []
    const choices = (name: string): (string | undefined)[] => {
      const schema = parameters.find((parameter) => parameter.name === name)?.schema
      return (schema as { enum?: string[] } | undefined)?.enum ?? [undefined]
    }
    return choices("sort").flatMap((sort) =>
      choices("order").map((order) => ({
        route,
        order: { ...(sort === undefined ? {} : { sort }), ...(order === undefined ? {} : { order }) },
      })),
    )
  })
}

/** The query of a list. */
export const queryOf = ({ order }: Listed, more: Record<string, string>): string =>
  `?${new URLSearchParams({ ...order, ...more })}`
