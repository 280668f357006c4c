import { recordTransactions } from "@/lib/transactions/record-transactions"
import { handler } from "@/lib/http/handler"
import { uploadOf } from "@/lib/ingest/upload"

export const POST = handler({
  may: "ingest",
  run: ({ actor, request }) => recordTransactions({ actor, upload: uploadOf(request) }),
})
