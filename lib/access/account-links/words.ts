/** What a link is for: to accept an invitation, or to set another password. */
export const purposes = ["invitation", "reset"] as const
export type Purpose = (typeof purposes)[number]

export const hoursOf = { invitation: 7 * 24, reset: 1 } as const satisfies Record<Purpose, number>
