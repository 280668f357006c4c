import type { Locale } from "@/lib/base/i18n/locale"
import { findHelpLink, type HelpVisit } from "@/lib/fleet/terminals/help-link/find-help-link"
import { diagnoseWithin } from "@/lib/insight/diagnoses/diagnose"
import { DiagnosisRequest, type Diagnosis, type HelpQuery } from "@/lib/insight/diagnoses/schemas"

export type Help = Pick<HelpVisit, "serial" | "store" | "terminalId"> & {
  /** Null before anything was said. */
  diagnosis: Diagnosis | null
}

type Asking = { token: string; language: Locale; said: HelpQuery }

/** What somebody who opened a terminal's help link is told. */
export async function helpByLink({ token, language, said }: Asking): Promise<Help> {
  const { scope, ...terminal } = await findHelpLink(token)
  if (said.screen === undefined) return { ...terminal, diagnosis: null }
  const body = DiagnosisRequest.parse({
    terminal: terminal.serial,
    screen: said.screen,
    answers: {
      another_card_here: truth(said.another_card_here),
      same_card_elsewhere: truth(said.same_card_elsewhere),
    },
    language,
  })
  return { ...terminal, diagnosis: await diagnoseWithin(scope, body) }
}

const truth = (answer: "yes" | "no" | "skip" | undefined) =>
  answer === undefined || answer === "skip" ? undefined : answer === "yes"
