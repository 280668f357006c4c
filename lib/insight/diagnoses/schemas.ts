import { z } from "zod"
import { locales } from "@/lib/base/i18n/locale"
import { identifier, instant, shortText, text } from "@/lib/base/text/fields"
import { holdsPan } from "@/lib/base/text/pan"
import { causes, remedies } from "@/lib/fleet/code-packs/cause"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { otherWays } from "@/lib/insight/diagnoses/remedies"
import { Evidence } from "@/lib/insight/verdicts/schemas"

export const questions = ["another_card_here", "same_card_elsewhere", "screen"] as const

/** What happened, as far as it is known. `terminal` is a serial number or TID. */
export const DiagnosisRequest = z.strictObject({
  terminal: identifier,
  codeSystem: identifier.optional(),
  code: identifier.optional(),
  /** What the screen says, where no code is known. */
  screen: text(200).optional(),
  entryMode: z.enum(entryModes).optional(),
  card: shortText.optional(),
  issuerBin: z
    .string()
    .regex(/^\d{6,8}$/)
    .optional(),
  at: instant.optional(),
  /** Answers to what was asked. */
  answers: z
    .strictObject({ another_card_here: z.boolean().optional(), same_card_elsewhere: z.boolean().optional() })
    .optional(),
  language: z.enum(["en", "zh"]).default("en"),
})
export type DiagnosisRequest = z.infer<typeof DiagnosisRequest>

const answers = ["yes", "no", "skip"] as const

/** What was answered on a help page so far. What is not known is left out. */
export const HelpAnswers = z.object({
  language: z.enum(locales).optional().catch(undefined),
  screen: text(200)
    .trim()
    .refine((said) => !holdsPan(said))
    .optional(),
  another_card_here: z.enum(answers).optional().catch(undefined),
  same_card_elsewhere: z.enum(answers).optional().catch(undefined),
})
export type HelpAnswers = z.infer<typeof HelpAnswers>

export const Diagnosis = z.object({
  cause: z.enum(causes),
  p: z.object({ device: z.number(), card: z.number(), operator: z.number(), system: z.number() }),
  evidence: z.array(Evidence.extend({ text: z.string() })),
  /** What is known to be wrong around the terminal, the newest first. */
  incidents: z.array(
    z.object({
      class: z.enum(["issuer", "acquirer", "carrier", "store network"]),
      since: z.string(),
      stores: z.number(),
      text: z.string(),
    }),
  ),
  /** What to do now, in order. */
  steps: z.array(z.object({ code: z.enum(remedies), text: z.string() })),
  /** What to say to the customer. */
  say: z.string(),
  /** Whom to call. */
  call: z.string(),
  /** Telephone numbers: of the contingency plan, the acquirer or the supplier. */
  contacts: z.array(z.object({ who: z.string(), phone: z.string() })),
  otherWays: z.array(z.object({ code: z.enum(otherWays), text: z.string() })),
  /** What would make it surer, at most three. */
  questions: z.array(z.object({ code: z.enum(questions), text: z.string() })),
  /** The code that was found in what the screen says. */
  code: z.string().nullable(),
  /** What the screen or the code means. Null if it is not known. */
  meaning: z.string().nullable(),
})
export type Diagnosis = z.infer<typeof Diagnosis>
