import type { PlanText } from "@/lib/insight/incidents/plan-schemas"

// The lists of a plan as text, a line each, as they are edited, with the colon of the language.

type Calls = PlanText["call"]
type Steps = PlanText["steps"]

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")

/** "Who: telephone number" */
export const callText = (call: Calls, colon: string): string =>
  call.map(({ who, phone }) => (phone ? `${who}${colon}${phone}` : who)).join("\n")

export const callsOf = (text: string): Calls =>
  linesOf(text).map((line) => {
    const [, who = line, phone = ""] = /^(.*?)[:：]\s*([+\d][\d ().-]*)$/u.exec(line) ?? []
    return { who: who.trim(), phone: phone.trim() }
  })

/** "Minute, who: what" */
export const stepText = (steps: Steps, colon: string): string =>
  steps.map(({ minute, who, what }) => `${minute} ${who}${colon}${what}`).join("\n")

/** Null if a line is no step. */
export function stepsOf(text: string): Steps | null {
  const steps = linesOf(text).map((line) => /^(\d{1,5})\s+([^:：]+)[:：]\s*(.+)$/u.exec(line))
  if (steps.includes(null)) return null
  return steps
    .flatMap((found) => (found ? [found] : []))
    .map(([, minute = "0", who = "", what = ""]) => ({ minute: Number(minute), who: who.trim(), what }))
    .toSorted((a, b) => a.minute - b.minute)
}
