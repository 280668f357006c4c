import { handler } from "@/lib/access/routes/handler"
import { uploadOf } from "@/lib/base/http/upload"
import { VendorParams } from "@/lib/intake/adapters/adapters"
import { recordVendor } from "@/lib/intake/adapters/record-vendor"
import { VendorAnswer } from "@/lib/intake/adapters/schemas"

export const POST = handler({
  may: "vendors:write",
  params: VendorParams,
  answer: VendorAnswer,
  run: ({ actor, params, request }) =>
    recordVendor({ actor, vendor: params.vendor, upload: uploadOf(request) }),
})
