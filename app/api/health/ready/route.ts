import { readiness } from "@/lib/run/health/readiness"

/**
 * 200 while this process can serve, otherwise 503 with reasons. Open to all: it names no organisation or
 * user.
 */
export async function GET(): Promise<Response> {
  const { isReady, ...more } = await readiness()
  const headers = { "cache-control": "no-store", ...(isReady ? {} : { "retry-after": "5" }) }
  return Response.json(
    { status: isReady ? "ok" : "unavailable", ...more },
    { status: isReady ? 200 : 503, headers },
  )
}
