/** How Citus shall hold the tables: what a plan is made of. */
export type Catalog = {
  database: string
  /** Tables of ours, partitions left out, in order of name. */
  tables: string[]
  /** Which table refers to which by a foreign key. */
  references: { from: string; to: string }[]
  /** What Citus holds already. */
  distributed: string[]
  functions: string[]
  isPropagating: boolean
}

/**
 * The tables that grow with the fleet, by the column whose value says which server a row lies on. Those by
 * terminal lie together, so that they are joined where they lie. `segment_day` is of stores: a copy on each
 * server would make every round of the fold write to all of them, and no statement joins it with a row of a
 * terminal.
 */
export const distributedBy: Record<string, string> = {
  heartbeat: "terminal_id",
  transaction: "terminal_id",
  terminal_hour: "terminal_id",
  terminal_day: "terminal_id",
  terminal_state: "terminal_id",
  terminal_tail: "terminal_id",
  segment_day: "store_id",
}

/** On the coordinator alone: what is joined with nothing, and written with every request or by Prisma. */
export const localTables: readonly string[] = ["_prisma_migrations", "rate_limit"]

/** What policies and the fold call where the rows lie. */
export const sharedFunctions: readonly string[] = [
  "app_store_ids()",
  "last_known_step(bigint,bigint)",
  "last_known(bigint)",
]

const name = (text: string) => `"${text.replaceAll('"', '""')}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * The statements that are still to run, in an order that foreign keys allow. Everything that is neither large
 * nor local is copied to each server.
 */
export function distributionPlan({
  database,
  tables,
  references,
  distributed,
  functions,
  isPropagating,
}: Catalog): string[] {
  const isDone = new Set(distributed)
  const small = tables.filter((table) => !(table in distributedBy) && !localTables.includes(table))
  const firstOf = new Map<string, string>()
  return [
    // Our transactions set role and organisation with `set local`: policies on the other servers need both.
    ...(isPropagating ? [] : [`alter database ${name(database)} set citus.propagate_set_commands = 'local'`]),
    ...sharedFunctions
      .filter((text) => !functions.includes(text))
      .map((text) => `select create_distributed_function(${literal(text)})`),
    ...referencedFirst(small, references)
      .filter((table) => !isDone.has(table))
      .map((table) => `select create_reference_table(${literal(table)})`),
    ...Object.entries(distributedBy).flatMap(([table, column]) => {
      const first = firstOf.get(column)
      firstOf.set(column, first ?? table)
      return isDone.has(table)
        ? []
        : [
            `select create_distributed_table(${literal(table)}, ${literal(column)}, colocate_with => ${literal(first ?? "none")})`,
          ]
    }),
  ]
}

/** The tables so that each comes after those it refers to; itself and circles do not count. */
function referencedFirst(tables: string[], references: Catalog["references"]): string[] {
  const ordered: string[] = []
  const isSeen = new Set<string>()
  const visit = (table: string) => {
    if (isSeen.has(table)) return
    isSeen.add(table)
    for (const { from, to } of references) if (from === table && tables.includes(to)) visit(to)
    ordered.push(table)
  }
  tables.forEach(visit)
  return ordered
}
