import { localDay } from "@/lib/base/time/zone"
import { quartersFrom } from "@/lib/outlook/replacements/quarters"
import { parametersOf } from "@/tests/support/documented"
import type { Route } from "@/tests/support/routes"

/** A paged list in one of its orders, of one of its kinds where it must be told which. */
export type Listed = { route: Route; order: Record<string, string> }

/** What a list must be told, where its values are not named by its schema. */
const givenValues: Record<string, string | undefined> = {
  quarter: quartersFrom(localDay(new Date(), "UTC"))[0]?.name,
}

/** All paged lists in each of their orders and kinds. */
export function listsOf(routes: readonly Route[]): Listed[] {
  return routes.flatMap((route) => {
    const parameters = route.method === "GET" ? parametersOf(route, "query") : []
    if (!parameters.some(({ name }) => name === "cursor")) return []
    const choices = (name: string): (string | undefined)[] => {
      const schema = parameters.find((parameter) => parameter.name === name)?.schema
      return (schema as { enum?: string[] } | undefined)?.enum ?? [givenValues[name]]
    }
    const told = parameters.filter(({ name, required }) => required && name !== "sort" && name !== "order")
    return [...told.map(({ name }) => name), "sort", "order"].reduce<Listed[]>(
      (lists, name) =>
        lists.flatMap((list) =>
          choices(name).map((value) =>
            value === undefined ? list : { route, order: { ...list.order, [name]: value } },
          ),
        ),
      [{ route, order: {} }],
    )
  })
}

/** The query of a list. */
export const queryOf = ({ order }: Listed, more: Record<string, string>): string =>
  `?${new URLSearchParams({ ...order, ...more })}`
