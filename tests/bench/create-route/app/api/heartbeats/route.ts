import { prisma } from "@/lib/base/db/client"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"

/** A simple route that creates one row for each request, to compare single records with. */
export async function POST(request: Request): Promise<Response> {
  const {
    terminal,
    at,
    sentAt: _sentAt,
    model: _model,
    serial: _serial,
    tid: _tid,
    store: _store,
    securityPatch: _patch,
    ...fields
  } = Heartbeat.parse(await request.json())
  const { orgId, terminalId } = JSON.parse(request.headers.get("x-terminal") ?? "{}") as {
    orgId: string
    terminalId: number
  }
  await prisma().heartbeat.create({
    data: { ...definedOf(fields), terminalId: BigInt(terminalId), orgId, batchId: 0n, at: new Date(at) },
  })
  return Response.json({ terminal })
}

const definedOf = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
