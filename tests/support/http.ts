type RouteHandler = (
  request: Request,
  context?: { params?: Promise<Record<string, string>> },
) => Promise<Response>

type Call = {
  method?: string
  key?: string
  body?: BodyInit
  headers?: Record<string, string>
  params?: Record<string, string>
}

/** Calls a route handler as Next does. */
export function call(
  route: RouteHandler,
  path: string,
  { method, key, body, headers, params }: Call = {},
): Promise<Response> {
  const init: RequestInit & { duplex?: "half" } = {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
    ...(body === undefined ? {} : { body, duplex: "half" }),
  }
  return route(new Request(new URL(path, "http://localhost"), init), {
    params: Promise.resolve(params ?? {}),
  })
}
