import type { Locale } from "@/lib/base/i18n/locale"
import { findHelpLink, type HelpVisit } from "@/lib/fleet/terminals/help-link/find-help-link"
import { diagnoseWithin } from "@/lib/insight/diagnoses/diagnose"
import { openIncidentsAt } from "@/lib/insight/diagnoses/open-incidents"
import { DiagnosisRequest, type Diagnosis, type HelpAnswers } from "@/lib/insight/diagnoses/schemas"

export type Help = Pick<HelpVisit, "serial" | "store" | "terminalId"> & {
  /** Null before anything was said. */
  diagnosis: Diagnosis | null
  /** What is known to be wrong around the terminal. */
  incidents: Diagnosis["incidents"]
}

type Asking = { token: string; language: Locale; said: HelpAnswers }

/** What somebody who opened a terminal's help link is told. */
export async function helpByLink({ token, language, said }: Asking): Promise<Help> {
  const { scope, ...terminal } = await findHelpLink(token)
  if (said.screen === undefined) {
    const { terminalId } = terminal
    const now = new Date()
    const incidents = await openIncidentsAt({ orgId: scope.orgId, terminalId, issuer: "", language, now })
    return { ...terminal, diagnosis: null, incidents }
  }
  const body = DiagnosisRequest.parse({
    terminal: terminal.serial,
    screen: said.screen,
    answers: {
      another_card_here: truth(said.another_card_here),
      same_card_elsewhere: truth(said.same_card_elsewhere),
    },
    language,
  })
  const diagnosis = await diagnoseWithin(scope, body)
  return { ...terminal, diagnosis, incidents: diagnosis.incidents }
}

const truth = (answer: "yes" | "no" | "skip" | undefined) =>
  answer === undefined || answer === "skip" ? undefined : answer === "yes"
