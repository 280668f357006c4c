import { handler } from "@/lib/http/handler"
import { enrolTerminal } from "@/lib/quarantine/enrol-terminal"
import { Enrolled, EnrolRequest, QuarantineId } from "@/lib/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  params: QuarantineId,
  body: EnrolRequest,
  answer: Enrolled,
  run: ({ actor, params, body }) => enrolTerminal({ actor, ...params, ...body }),
})
