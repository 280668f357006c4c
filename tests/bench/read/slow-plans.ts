export type Plan = { ms: number; text: string }

const head = /LOG:\s+duration: ([\d.]+) ms\s+plan:\n/
const nextLine = /\n\d{4}-\d\d-\d\d /

/** The slowest statements of PostgreSQL's log, as auto_explain wrote them, each once. */
export function slowestPlans(log: string, most: number): Plan[] {
  const slowest = new Map<string, Plan>()
  for (const [index, part] of log.split(head).entries()) {
    // The parts are in turn a duration and what follows it.
    if (index === 0 || index % 2 === 1) continue
    const ms = Number(log.split(head)[index - 1])
    const text = part.split(nextLine)[0] ?? ""
    const statement = /Query Text:([\s\S]*?)\n\s*(?=\S.*\(cost=)/.exec(text)?.[1] ?? text
    const known = slowest.get(statement)
    if (!known || known.ms < ms) slowest.set(statement, { ms, text: text.trim() })
  }
  return [...slowest.values()].toSorted((a, b) => b.ms - a.ms).slice(0, most)
}
