import type { Permission } from "@/lib/access/actor/permissions"
import type { Schemas } from "@/lib/access/routes/handler"

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const
export type Method = (typeof methods)[number]

/** What `handler` adds to a route. */
type Served = { permission: Permission | null; schemas: Schemas }
export type RouteModule = Partial<Record<Method, Served>>

/** `name` is the method and path: `GET /api/v1/stores/{id}`. */
export type Operation = Served & { name: string; method: Method; path: string; noun: string }

/** Every method of every route. `routes` is keyed by path as in the file tree: `/api/v1/stores/[id]`. */
export const operationsOf = (routes: Record<string, RouteModule>): Operation[] =>
  Object.entries(routes).flatMap(([address, served]) =>
    methods.flatMap((method) => {
      const operation = served[method]
      if (!operation) return []
      const path = address.replaceAll(/\[(\w+)\]/g, "{$1}")
      return [
        {
          name: `${method} ${path}`,
          method,
          path,
          noun: path.split("/")[3] ?? "",
          permission: operation.permission,
          schemas: operation.schemas,
        },
      ]
    }),
  )
