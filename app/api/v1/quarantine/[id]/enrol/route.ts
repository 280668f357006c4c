import { handler } from "@/lib/access/routes/handler"
import { enrolTerminal } from "@/lib/intake/quarantine/enrol-terminal"
import { Enrolled, EnrolRequest, QuarantineId } from "@/lib/intake/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  params: QuarantineId,
  body: EnrolRequest,
  answer: Enrolled,
  run: ({ actor, params, body }) => enrolTerminal({ actor, ...params, ...body }),
})
