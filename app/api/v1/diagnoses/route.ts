import { handler } from "@/lib/access/routes/handler"
import { diagnose } from "@/lib/insight/diagnoses/diagnose"
import { Diagnosis, DiagnosisRequest } from "@/lib/insight/diagnoses/schemas"

export const POST = handler({
  may: "fleet:read",
  body: DiagnosisRequest,
  answer: Diagnosis,
  run: diagnose,
})
