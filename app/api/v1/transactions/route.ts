import { handler } from "@/lib/access/routes/handler"
import { uploadOf } from "@/lib/base/http/upload"
import { IngestAnswer } from "@/lib/intake/ingest/answer"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"

export const POST = handler({
  may: "ingest",
  answer: IngestAnswer,
  run: ({ actor, request }) => recordTransactions({ actor, upload: uploadOf(request) }),
})
