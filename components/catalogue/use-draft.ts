import { useState } from "react"

/** What a form says so far, and how one field of it is set. */
export function useDraft<Draft extends object>(initial: Draft) {
  const [draft, setDraft] = useState(initial)
  const set =
    <Field extends keyof Draft>(field: Field) =>
    (value: Draft[Field]) =>
      setDraft((before) => ({ ...before, [field]: value }))
  return { draft, set }
}
