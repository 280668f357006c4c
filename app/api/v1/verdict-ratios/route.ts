import { handler } from "@/lib/access/routes/handler"
import { VerdictRatios } from "@/lib/insight/verdicts/ratio-schemas"
import { showRatios } from "@/lib/insight/verdicts/show-ratios"

export const GET = handler({ may: "fleet:read", answer: VerdictRatios, run: showRatios })
