import { handler } from "@/lib/http/handler"
import { IngestAnswer } from "@/lib/ingest/answer"
import { uploadOf } from "@/lib/ingest/upload"
import { recordTransactions } from "@/lib/transactions/record-transactions"

export const POST = handler({
  may: "ingest",
  answer: IngestAnswer,
  run: ({ actor, request }) => recordTransactions({ actor, upload: uploadOf(request) }),
})
