import { raw } from "sql-template-tag"
import { counters, stateFields } from "@/lib/rollups/fold/sql/columns"

export const list = (names: readonly string[], alias = "") =>
  raw(names.map((name) => `${alias}${name}`).join(", "))
const set = (names: readonly string[], value: (name: string) => string) =>
  raw(names.map((name) => `${name} = ${value(name)}`).join(", "))

/** On conflict: sets a tail's counters to those of the new row. */
export const setCounters = set(counters, (name) => `excluded.${name}`)
/** On conflict: sets a state's fields to those of the new row. A field that is null there keeps its value. */
export const setFields = set(stateFields, (name) => `coalesce(excluded.${name}, st.${name})`)

/** The number of beats from which a terminal's interval is computed. */
export const remembered = raw("21")

/** The median gap of `recent_beats`. */
export const learntInterval = raw(`
  (select percentile_cont(0.5) within group (order by gap)::int
     from (select extract(epoch from x.at - lag(x.at) over (order by x.at)) as gap
             from unnest(recent_beats) as x (at)) spaced)`)
