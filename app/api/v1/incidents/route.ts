import { handler } from "@/lib/access/routes/handler"
import { listIncidents } from "@/lib/insight/incidents/list-incidents"
import { IncidentPage, IncidentQuery } from "@/lib/insight/incidents/schemas"

export const GET = handler({
  may: "fleet:read",
  query: IncidentQuery,
  answer: IncidentPage,
  run: listIncidents,
})
