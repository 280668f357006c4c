import { VendorParams } from "@/lib/adapters/adapters"
import { recordVendor } from "@/lib/adapters/record-vendor"
import { VendorAnswer } from "@/lib/adapters/schemas"
import { handler } from "@/lib/http/handler"
import { uploadOf } from "@/lib/ingest/upload"

export const POST = handler({
  may: "vendors:write",
  params: VendorParams,
  answer: VendorAnswer,
  run: ({ actor, params, request }) =>
    recordVendor({ actor, vendor: params.vendor, upload: uploadOf(request) }),
})
