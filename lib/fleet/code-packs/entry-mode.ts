/** How the card or QR code reached the terminal. */
export const entryModes = ["chip", "contactless", "swipe", "fallback", "manual", "qr", "ecommerce"] as const
export type EntryMode = (typeof entryModes)[number]
