import type { LeftOutField } from "@/lib/intake/imports/runs/schemas"

type Noted = { field: string; reason: string; example: string | null }

const longestExample = 40
/** A file has no more fields and reasons. */
const mostKinds = 200

const keyOf = ({ field, reason }: { field: string; reason: string }): string => `${field}\0${reason}`

/** Counts the fields that were left out of a file's records, by field and reason, with an example of each. */
export class LeftOut {
  readonly #fields: Map<string, LeftOutField>

  constructor(before: readonly LeftOutField[] = []) {
    this.#fields = new Map(before.map((one) => [keyOf(one), { ...one }]))
  }

  note(noted: Noted, rows = 1): void {
    const known = this.#fields.get(keyOf(noted))
    if (known) known.rows += rows
    else if (this.#fields.size < mostKinds)
      this.#fields.set(keyOf(noted), {
        ...noted,
        rows,
        example: noted.example?.slice(0, longestExample).toWellFormed() ?? "",
      })
  }

  /** The most frequent first. */
  get list(): LeftOutField[] {
    return [...this.#fields.values()].toSorted((a, b) => b.rows - a.rows || a.field.localeCompare(b.field))
  }
}
