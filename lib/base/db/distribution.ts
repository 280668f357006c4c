/** The state of the database that a plan is made from. */
export type Catalog = {
  /** Our tables without partitions, sorted by name. */
  tables: string[]
  /** Foreign keys between tables. */
  references: { name: string; from: string; to: string }[]
  /** The tables that Citus distributes already. */
  distributed: string[]
  /** The roles that cannot log in, or must bypass row-level security and do not. */
  withoutRights: string[]
  functions: string[]
  /** The table of the only shard of each reference table, by table. */
  shards: Record<string, string>
  /** Distributed tables of which the coordinator still has the rows from before. */
  leftBehind: string[]
  /** Policies of tables that are not distributed and ask a copied table by its name. */
  asking: { name: string; table: string; using: string | null; check: string | null }[]
}

/**
 * The tables that grow with the fleet, with their distribution column. All are colocated: the rows of a
 * terminal, its batches and its group's share of segments lie in one group of shards, on one node. The fold
 * runs in each group by itself; see groups.ts.
 */
export const distributedBy: Record<string, string> = {
  heartbeat: "terminal_id",
  transaction: "terminal_id",
  terminal_hour: "terminal_id",
  terminal_day: "terminal_id",
  operator_day: "terminal_id",
  night_terminal: "terminal_id",
  night_operator: "terminal_id",
  terminal_state: "terminal_id",
  terminal_tail: "terminal_id",
  terminal_standing: "terminal_id",
  terminal_wear: "terminal_id",
  usual_week: "terminal_id",
  standing_change: "terminal_id",
  verdict: "terminal_id",
  lost_day: "terminal_id",
  availability_day: "terminal_id",
  ingest_batch: "terminal_id",
  segment_day: "group_key",
  place_hour: "group_key",
  place_day: "group_key",
}

/** Tables that are spread by another column, so that what is joined by it lies together. */
export const distributedAlone: Record<string, string> = {
  card_sighting: "card_ref",
}

export const largeTables: Record<string, string> = { ...distributedBy, ...distributedAlone }

/**
 * Tables of which each node has a copy, because the fold and screens join them with distributed tables.
 * A change of a row makes every other writer of the table wait until the commit, so only master
 * data belong here, and what foreign keys tie to them. All other tables stay on the coordinator alone.
 */
export const referenceTables: readonly string[] = [
  "supplier",
  "acquirer",
  "terminal_model",
  "approval",
  "release",
  "release_policy",
  "merchant",
  "region",
  "store",
  "terminal",
  "terminal_store",
  "terminal_tid",
  "terminal_status",
  "code_pack",
  "response_code",
  "subcause_channel",
  "reference_rate",
]

/** The roles as which nodes connect to each other. */
export const roles: readonly string[] = [
  "tillwatch_app",
  "tillwatch_limited",
  "tillwatch_visitor",
  "tillwatch_worker",
  "tillwatch_ingest",
]

/** The role that bypasses row-level security. Its policies let it see everything anyway. */
export const bypassing = "tillwatch_worker"

/** Functions that policies, indexes and the fold call on every node. */
export const sharedFunctions: readonly string[] = [
  "name_parts(text)",
  "app_store_ids()",
  "last_known_step(bigint,bigint)",
  "last_known(bigint)",
]

/** What a policy's function reads of a table. */
type Reading = { name: string; arguments: string; table: string; where: string }

/**
 * Citus takes no subqueries in policies, so functions ask instead. Row-level security of the table that they
 * read limits them to the stores of the transaction. On a node they must name the node's own shard.
 */
const readings: readonly Reading[] = [
  {
    name: "stands_within_reach",
    arguments: "terminal bigint",
    table: "terminal_store",
    where: "p.terminal_id = terminal and p.to_at is null",
  },
  {
    name: "stood_within_reach",
    arguments: "terminal bigint, moment timestamptz",
    table: "terminal_store",
    where: "p.terminal_id = terminal and p.from_at <= moment and (p.to_at is null or moment < p.to_at)",
  },
  {
    name: "merchant_within_reach",
    arguments: "merchant bigint",
    table: "store",
    where: "p.merchant_id = merchant",
  },
  { name: "region_within_reach", arguments: "region bigint", table: "store", where: "p.region_id = region" },
]

const ownOrganisation = "org_id = nullif(current_setting('app.org_id', true), '')::uuid"
const happened = "at + clock_offset_ms * interval '1 ms'"

/** The conditions of `tillwatch_limited` without subqueries, by table, and the policies that have them. */
const limits: Record<string, string> = {
  store: "id = any (app_store_ids())",
  terminal_store: "store_id = any (app_store_ids())",
  merchant: "merchant_within_reach(id)",
  region: "region_within_reach(id)",
  terminal: "stands_within_reach(id)",
  terminal_tid: "stands_within_reach(terminal_id)",
  terminal_status: "stands_within_reach(terminal_id)",
  terminal_state: "stands_within_reach(terminal_id)",
  terminal_standing: "stands_within_reach(terminal_id)",
  terminal_wear: "stands_within_reach(terminal_id)",
  standing_change: "stands_within_reach(terminal_id)",
  terminal_hour: "store_id = any (app_store_ids())",
  terminal_day: "store_id = any (app_store_ids())",
  operator_day: "store_id = any (app_store_ids())",
  night_terminal: "stands_within_reach(terminal_id)",
  night_operator: "stands_within_reach(terminal_id)",
  segment_day: "store_id = any (app_store_ids())",
  place_hour: "store_id = any (app_store_ids())",
  place_day: "store_id = any (app_store_ids())",
  usual_week: "store_id = any (app_store_ids())",
  verdict: "store_id = any (app_store_ids())",
  lost_day: "store_id = any (app_store_ids())",
  availability_day: "store_id = any (app_store_ids())",
  heartbeat: `stood_within_reach(terminal_id, ${happened})`,
  transaction: `stood_within_reach(terminal_id, ${happened})`,
}
const raw = new Set(["heartbeat", "transaction"])

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

function limitsOf(table: string): string[] {
  const limit = limits[table]
  if (limit === undefined) return []
  const using = `using (${ownOrganisation} and ${limit})`
  if (raw.has(table)) {
    return [
      `alter policy within_reach on ${table} ${using}`,
      `alter policy changed_within_reach on ${table} ${using}`,
    ]
  }
  return [`alter policy within_reach on ${table} ${using} with check (${ownOrganisation} and ${limit})`]
}

const reader = ({ name, arguments: given, where }: Reading, table: string) =>
  `create or replace function ${name}(${given}) returns boolean language sql stable parallel safe as ` +
  `$$ select exists (select from public.${table} p where ${where}) $$`

const conditions = { using: "using", check: "with check" } as const

/**
 * A policy of one of the coordinator's tables that asks its shard of copied tables. Those of before
 * the tables were copied do so already; Citus cannot run one that asks the copied table by its name.
 */
function onShards({ name, table, ...policy }: Catalog["asking"][number], shards: Catalog["shards"]): string {
  const parts = (["using", "check"] as const).flatMap((kind) => {
    const text = policy[kind]?.replaceAll(
      /\b((?:from|join) \(*)(\w+)/gi,
      (_, before: string, asked: string) => before + (shards[asked] ?? asked),
    )
    return text === undefined ? [] : [`${conditions[kind]} (${text})`]
  })
  return `alter policy ${name} on ${table} ${parts.join(" ")}`
}

/**
 * The sums of places are those of one server. They are filled again, in each group, once all is distributed;
 * the date says that no day is.
 */
const emptyPlaces = [
  "update organisation set places_from = 'infinity'",
  "truncate place_hour",
  "truncate place_day",
]

/**
 * The statements that are still to run, in an order that foreign keys allow. `create_reference_table` names
 * the shards that the policies' functions read, so the plan is made twice.
 */
export function distributionPlan({
  tables,
  references,
  distributed,
  withoutRights,
  functions,
  shards,
  leftBehind,
  asking,
}: Catalog): string[] {
  const isDone = new Set(distributed)
  const copied = referenceTables.filter((table) => tables.includes(table))
  const isCopied = new Set(copied)
  const large = Object.entries(largeTables).filter(([table]) => tables.includes(table))
  const missing = [...copied, ...large.map(([table]) => table)].filter((table) => !isDone.has(table))
  return [
    // COPY, by which Citus moves rows to a node, is refused where row-level security binds.
    ...withoutRights.map((role) => `alter role ${role} login${role === bypassing ? " bypassrls" : ""}`),
    // The coordinator's own tables and the nodes' copies know nothing of each other.
    ...references
      .filter(({ from, to }) => isCopied.has(from) !== isCopied.has(to))
      .map(({ name, from }) => `alter table ${from} drop constraint ${name}`),
    ...readings
      .filter(({ name, table }) => !functions.includes(name) && !isDone.has(table))
      .map((reading) => reader(reading, reading.table)),
    ...missing.flatMap(limitsOf),
    ...sharedFunctions
      .filter((text) => !functions.includes(text))
      .map(
        (text) =>
          `select create_distributed_function(f) from to_regprocedure(${literal(text)}) f ` +
          `where f is not null`,
      ),
    ...referencedFirst(copied, references)
      .filter((table) => !isDone.has(table))
      .map((table) => `select create_reference_table(${literal(table)})`),
    ...readings.flatMap((reading) => {
      const shard = shards[reading.table]
      return shard === undefined || functions.includes(`${reading.name} of ${shard}`)
        ? []
        : [reader(reading, shard)]
    }),
    ...asking
      .filter(({ table }) => !isCopied.has(table) && !(table in largeTables))
      .map((policy) => onShards(policy, shards)),
    ...(isDone.has("place_day") ? [] : emptyPlaces),
    ...large
      .filter(([table]) => !isDone.has(table))
      .map(([table, column]) => {
        const beside = table === "heartbeat" || table in distributedAlone ? "none" : "heartbeat"
        return (
          `select create_distributed_table(${literal(table)}, ${literal(column)}, ` +
          `colocate_with => ${literal(beside)})`
        )
      }),
    ...leftBehind.map((table) => `select truncate_local_data_after_distributing_table(${literal(table)})`),
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
