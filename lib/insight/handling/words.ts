/** What people do with a flag. */
export const steps = ["acknowledge", "assign", "snooze", "comment", "try", "find"] as const
export type Step = (typeof steps)[number]
