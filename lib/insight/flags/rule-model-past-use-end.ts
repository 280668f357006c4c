import { addDays, daysBetween } from "@/lib/base/time/zone"
import type { Rule } from "@/lib/insight/flags/rule"
import type { Reason } from "@/lib/insight/flags/schemas"

const useEndWarningDays = 365

/** The model's end of use has passed or is at most a year away. */
export const modelPastUseEnd: Rule = {
  name: "model_past_use_end",
  evaluate: ({ model, zone }, { clock }) => {
    if (!model?.useEndOn) return null
    const days = daysBetween(clock.today(zone), model.useEndOn)
    if (days > useEndWarningDays) return null
    const hasPassed = days <= 0
    const reason: Reason = {
      code: hasPassed ? "use_end_passed" : "use_end_near",
      model: model.name,
      on: model.useEndOn,
      days: Math.abs(days),
    }
    return {
      kind: "replacement",
      observedAt: clock.now,
      dueAt: hasPassed ? clock.startOf(model.useEndOn, zone) : null,
      reasons: [reason],
    }
  },
  // The reason counts days, so it changes every day from the warning on.
  changesAt: ({ model, zone }, { clock }) => {
    if (!model?.useEndOn) return []
    const warnsOn = addDays(model.useEndOn, -useEndWarningDays)
    const tomorrow = addDays(clock.today(zone), 1)
    return [clock.startOf(warnsOn > tomorrow ? warnsOn : tomorrow, zone)]
  },
}
