export const rejectionCodes = [
  "invalid", "pan_suspected", "clock_wrong", "too_old", "unknown_terminal", "ambiguous_terminal",
] as const
export type RejectionCode = (typeof rejectionCodes)[number]

export type Rejection = { index: number; code: RejectionCode; field: string | null; message: string }

/** What became of a batch, record by record; the first hundred errors are told in full. */
export type IngestAnswer = {
  accepted: number
  duplicates: number
  rejected: number
  errors: Rejection[]
  ignored: string[]
}

export const mostErrors = 100
export const emptyAnswer = (): IngestAnswer => ({ accepted: 0, duplicates: 0, rejected: 0, errors: [], ignored: [] })
