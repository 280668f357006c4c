import { handler } from "@/lib/http/handler"
import { changeOrganisation, getOrganisation } from "@/lib/organisation/change-organisation"
import { OrganisationChange } from "@/lib/organisation/schemas"

export const GET = handler({ may: "organisation:manage", run: getOrganisation })

export const PATCH = handler({ may: "organisation:manage", body: OrganisationChange, run: ({ actor, body }) => changeOrganisation({ actor, change: body }) })
