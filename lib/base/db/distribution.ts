/** The state of the database that a plan is made from. */
export type Catalog = {
  database: string
  /** Our tables without partitions, sorted by name. */
  tables: string[]
  /** Foreign keys between tables. */
  references: { from: string; to: string }[]
  /** The tables that Citus distributes already. */
  distributed: string[]
  functions: string[]
  isPropagating: boolean
}

/**
 * The tables that grow with the fleet, with their distribution column. Tables by terminal are colocated, so
 * that they can be joined locally. `segment_day` and places are by store, because no statement joins them
 * with a terminal's row. A reference table would make every round of the fold write to all servers.
 */
export const distributedBy: Record<string, string> = {
  heartbeat: "terminal_id",
  transaction: "terminal_id",
  terminal_hour: "terminal_id",
  terminal_day: "terminal_id",
  terminal_state: "terminal_id",
  terminal_tail: "terminal_id",
  segment_day: "store_id",
  place_hour: "store_id",
  place_day: "store_id",
}

/** Tables that stay on the coordinator: nothing joins them, and they are written often. */
export const localTables: readonly string[] = ["_prisma_migrations", "fleet_change", "rate_limit"]

/** Functions that policies and the fold call on every server. */
export const sharedFunctions: readonly string[] = [
  "app_store_ids()",
  "last_known_step(bigint,bigint)",
  "last_known(bigint)",
]

const name = (text: string) => `"${text.replaceAll('"', '""')}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * The statements that are still to run, in an order that foreign keys allow. A table that is neither large
 * nor local becomes a reference table.
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
    // Transactions set role and organisation with `set local`. Policies on the other servers need both.
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
            `select create_distributed_table(${literal(table)}, ${literal(column)}, ` +
              `colocate_with => ${literal(first ?? "none")})`,
          ]
    }),
  ]
}

/** Sorts tables so that each comes after those it refers to. References to itself and cycles are ignored. */
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
