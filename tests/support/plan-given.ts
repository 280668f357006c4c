const text = { call: [], staff: "Do not restart terminals.", customers: "", otherWays: "", steps: [] }

/** A first contingency plan of an organisation. */
export const planGiven = { params: { class: "carrier" }, body: { version: 0, text } }
