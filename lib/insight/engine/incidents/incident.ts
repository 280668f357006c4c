import type { Component } from "@/lib/insight/engine/terms/signals"

/** Whom an incident is about. */
export type Subject =
  | { cls: "issuer"; issuer: string }
  | { cls: "acquirer"; acquirer: string }
  | { cls: "carrier"; carrier: string }
  | { cls: "store network"; store: string }
  | { cls: "firmware"; model: string; release: string }
  | { cls: "operator"; store: string; operator: string }
  | { cls: "card-testing"; terminal: string }

/** What a night found wrong with many terminals, or with something outside of them. */
export type Trouble = {
  subject: Subject
  day: number
  observed: number
  expected: number
  p: number
  /** Of a release: what it makes fail. */
  component?: Component
}

export type Incident = Trouble & {
  openedOn: number
  lastSeenOn: number
}

export const keyOf = (subject: Subject): string => Object.values(subject).join("/")

/** Days without a sign after which an incident is over. */
export const quietDays = {
  issuer: 1,
  acquirer: 1,
  carrier: 1,
  "store network": 3,
  firmware: 7,
  operator: 7,
  "card-testing": 1,
} as const satisfies Record<Subject["cls"], number>

/** Opens, extends and closes incidents. Answers those open after this night, and those that ended. */
export function follow(
  open: ReadonlyMap<string, Incident>,
  found: readonly Trouble[],
  today: number,
): { open: Map<string, Incident>; opened: Incident[]; closed: Incident[] } {
  const next = new Map(open)
  const opened: Incident[] = []
  for (const trouble of found) {
    const key = keyOf(trouble.subject)
    const before = next.get(key)
    const incident = before
      ? { ...trouble, openedOn: before.openedOn, lastSeenOn: Math.max(before.lastSeenOn, trouble.day) }
      : { ...trouble, openedOn: today, lastSeenOn: trouble.day }
    next.set(key, incident)
    if (!before) opened.push(incident)
  }
  const closed = [...next].filter(([, one]) => today - one.lastSeenOn > quietDays[one.subject.cls])
  for (const [key] of closed) next.delete(key)
  return { open: next, opened, closed: closed.map(([, one]) => one) }
}
