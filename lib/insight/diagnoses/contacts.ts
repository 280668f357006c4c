import type { Locale } from "@/lib/base/i18n/locale"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { Contact, TerminalContact } from "@/lib/insight/diagnoses/sql"
import type { Plan } from "@/lib/insight/incidents/plan-schemas"
import type { IncidentClass } from "@/lib/insight/incidents/words"
import type { FailureKind } from "@/lib/insight/verdicts/kind"

type Due = { cause: Cause; kind: FailureKind }

/** The class of incident that a failure of the system would be part of. */
function classOf({ cause, kind }: Due): IncidentClass | null {
  if (cause !== "system") return null
  if (kind === "issuer") return "issuer"
  return kind === "line" ? "store network" : "acquirer"
}

/** Whom to call about a failed sale, by telephone: whom the contingency plan names, then who is known. */
export function contactsFor(
  due: Due,
  { plans, known, language }: { plans: Plan[]; known: TerminalContact[]; language: Locale },
): Contact[] {
  const plan = plans.find((one) => one.class === classOf(due))
  const planned = plan?.texts[language].call.filter(({ phone }) => phone !== "") ?? []
  const of =
    due.cause === "device" ? "supplier" : due.cause === "system" && due.kind !== "line" ? "acquirer" : null
  const others = known.filter((one) => one.of === of).map(({ who, phone }) => ({ who, phone }))
  return [...planned, ...others]
}
