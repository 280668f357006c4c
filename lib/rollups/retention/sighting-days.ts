/** How long it is kept where a card was seen. */
export const sightingDays = 14
