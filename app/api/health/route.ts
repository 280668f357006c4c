import { readiness } from "@/lib/health/readiness"

/** 200 once everything is ready, 503 until then. Open to all: it says nothing else. */
export async function GET(): Promise<Response> {
  try {
    await readiness()
    return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } })
  } catch {
    return Response.json({ status: "unavailable" }, { status: 503, headers: { "cache-control": "no-store", "retry-after": "5" } })
  }
}
