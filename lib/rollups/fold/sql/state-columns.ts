import { raw } from "sql-template-tag"
import { counters, stateFields } from "@/lib/rollups/fold/sql/columns"

export const list = (names: readonly string[], alias = "") =>
  raw(names.map((name) => `${alias}${name}`).join(", "))
const set = (names: readonly string[], value: (name: string) => string) =>
  raw(names.map((name) => `${name} = ${value(name)}`).join(", "))

/** Sets a tail's counters to those of the row that was to be inserted. */
export const setCounters = set(counters, (name) => `excluded.${name}`)
/** Sets a state's fields likewise; what is not known stays as it was last known. */
export const setFields = set(stateFields, (name) => `coalesce(excluded.${name}, st.${name})`)

/** Beats whose gaps teach a terminal's interval. */
export const remembered = raw("21")

/** The median gap of `recent_beats`. */
export const learntInterval = raw(`
  (select percentile_cont(0.5) within group (order by gap)::int
     from (select extract(epoch from x.at - lag(x.at) over (order by x.at)) as gap
             from unnest(recent_beats) as x (at)) spaced)`)
