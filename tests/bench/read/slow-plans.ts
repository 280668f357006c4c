export type Plan = { ms: number; text: string }

const head = /LOG:\s+duration: ([\d.]+) ms\s+plan:\n/g
const nextLine = /\n\d{4}-\d\d-\d\d /

/** The slowest statements of PostgreSQL's log, as auto_explain wrote them, each once. */
export function slowestPlans(log: string, most: number): Plan[] {
  const slowest = new Map<string, Plan>()
  for (const { 1: duration, index, 0: line } of log.matchAll(head)) {
    const ms = Number(duration)
    const text = log.slice(index + line.length).split(nextLine, 1)[0] ?? ""
    const statement = /Query Text:([\s\S]*?)\n\s*(?=\S.*\(cost=)/.exec(text)?.[1] ?? text
    const known = slowest.get(statement)
    if (!known || known.ms < ms) slowest.set(statement, { ms, text: text.trim() })
  }
  return [...slowest.values()].toSorted((a, b) => b.ms - a.ms).slice(0, most)
}
