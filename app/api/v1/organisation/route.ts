import { handler } from "@/lib/http/handler"
import { changeOrganisation, getOrganisation } from "@/lib/organisation/change-organisation"
import { Organisation, OrganisationChange } from "@/lib/organisation/schemas"

export const GET = handler({ may: "organisation:manage", answer: Organisation, run: getOrganisation })

export const PATCH = handler({
  may: "organisation:manage",
  body: OrganisationChange,
  answer: Organisation,
  run: ({ actor, body }) => changeOrganisation({ actor, change: body }),
})
