/** What a link is for: accepting an invitation, or setting a new password. */
export const purposes = ["invitation", "reset"] as const
export type Purpose = (typeof purposes)[number]

export const hoursOf = { invitation: 7 * 24, reset: 1 } as const satisfies Record<Purpose, number>
