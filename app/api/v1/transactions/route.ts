import { IngestAnswer } from "@/lib/ingest/answer"
import { recordTransactions } from "@/lib/transactions/record-transactions"
import { handler } from "@/lib/http/handler"
import { uploadOf } from "@/lib/ingest/upload"

export const POST = handler({
  may: "ingest",
  answer: IngestAnswer,
  run: ({ actor, request }) => recordTransactions({ actor, upload: uploadOf(request) }),
})
