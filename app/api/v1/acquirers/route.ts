import { addAcquirer } from "@/lib/acquirers/keep-acquirers"
import { listAcquirers } from "@/lib/acquirers/list-acquirers"
import { Acquirer, AcquirerDraft, AcquirerList } from "@/lib/acquirers/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", answer: AcquirerList, run: listAcquirers })

export const POST = handler({
  may: "catalogue:write",
  body: AcquirerDraft,
  answer: Acquirer,
  run: addAcquirer,
})
