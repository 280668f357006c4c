import { changeOrganisation, getOrganisation } from "@/lib/access/organisation/change-organisation"
import { Organisation, OrganisationChange } from "@/lib/access/organisation/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({ may: "organisation:manage", answer: Organisation, run: getOrganisation })

export const PATCH = handler({
  may: "organisation:manage",
  body: OrganisationChange,
  answer: Organisation,
  run: ({ actor, body }) => changeOrganisation({ actor, change: body }),
})
