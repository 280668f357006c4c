/** What can be said for or against causes. The words are messages; the weights are in likelihoods.ts. */
export const evidenceCodes = ["code"] as const
export type EvidenceCode = (typeof evidenceCodes)[number]
