import { handler } from "@/lib/access/routes/handler"
import { addAcquirer } from "@/lib/fleet/acquirers/change-acquirers"
import { listAcquirers } from "@/lib/fleet/acquirers/list-acquirers"
import { Acquirer, AcquirerDraft, AcquirerList } from "@/lib/fleet/acquirers/schemas"

export const GET = handler({ may: "fleet:read", answer: AcquirerList, run: listAcquirers })

export const POST = handler({
  may: "catalogue:write",
  body: AcquirerDraft,
  answer: Acquirer,
  run: addAcquirer,
})
