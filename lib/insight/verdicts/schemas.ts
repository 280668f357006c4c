import { z } from "zod"
import { evidenceCodes } from "@/lib/insight/verdicts/words"

/** One thing that speaks for or against causes, with the numbers of its sentence. */
export const Evidence = z.looseObject({ code: z.enum(evidenceCodes) })
export type Evidence = z.infer<typeof Evidence>
