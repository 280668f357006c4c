import type { RefusalCode } from "@/lib/fleet/terminals/words"

export type Change = { field: string; from: string | null; to: string | null }
export type RowError = {
  code: RefusalCode
  field: string
  message: string
  value: string | null
  other: string | null
}

/** Ends the plan of a row. */
export class Refused extends Error {
  readonly refusal: RowError
  constructor(
    code: RefusalCode,
    field: string,
    message: string,
    { value = null, other = null }: { value?: string | null; other?: string | number | null } = {},
  ) {
    super(message)
    this.refusal = { code, field, message, value, other: other === null ? null : String(other) }
  }
}

export const changed = (field: string, from: string | null | undefined, to: string | undefined): Change[] =>
  to === undefined || to === from ? [] : [{ field, from: from ?? null, to }]
