import type { Subject } from "@/lib/insight/engine/incidents/incident"

/** Whom an incident is about, as its row says it. */
export type Named = {
  store_id: number | null
  terminal_id: number | null
  model_id: number | null
  acquirer_id: number | null
  value: string | null
}

const nobody: Named = { store_id: null, terminal_id: null, model_id: null, acquirer_id: null, value: null }
const idOf = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null)

/** `storeOf` knows where a terminal is. */
export function namedOf(subject: Subject, storeOf: (terminal: string) => number | null): Named {
  switch (subject.cls) {
    case "issuer":
      return { ...nobody, value: subject.issuer }
    case "acquirer":
      return { ...nobody, acquirer_id: idOf(subject.acquirer) }
    case "carrier":
      return { ...nobody, value: subject.carrier }
    case "store network":
      return { ...nobody, store_id: idOf(subject.store) }
    case "firmware":
      return { ...nobody, model_id: idOf(subject.model), value: subject.release }
    case "operator":
      return { ...nobody, store_id: idOf(subject.store), value: subject.operator }
    case "card-testing":
      return { ...nobody, terminal_id: idOf(subject.terminal), store_id: storeOf(subject.terminal) }
  }
}
