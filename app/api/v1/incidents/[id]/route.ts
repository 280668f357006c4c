import { handler } from "@/lib/access/routes/handler"
import { getIncident } from "@/lib/insight/incidents/get-incident"
import { IncidentDetail, IncidentId } from "@/lib/insight/incidents/schemas"

export const GET = handler({
  may: "fleet:read",
  params: IncidentId,
  answer: IncidentDetail,
  run: ({ actor, params }) => getIncident({ actor, incidentId: params.id }),
})
