import { raw } from "sql-template-tag"
import { defaultIntervalSeconds, lateAfterBeats, lateAfterSeconds } from "@/lib/fleet/terminals/interval"
import { counters, saidOf, stateFields, watchedFields, watchedLimits } from "@/lib/rollups/fold/sql/columns"

export const list = (names: readonly string[], alias = "") =>
  raw(names.map((name) => `${alias}${name}`).join(", "))
const set = (names: readonly string[], value: (name: string) => string) =>
  raw(names.map((name) => `${name} = ${value(name)}`).join(", "))

/** On conflict: sets a tail's counters to those of the new row. */
export const setCounters = set(counters, (name) => `excluded.${name}`)
/** On conflict: a state's field with the new row. What is null there keeps its value. */
function fieldAfter(name: string): string {
  const of = saidOf[name]
  return of === undefined
    ? `coalesce(excluded.${name}, st.${name})`
    : `case when excluded.${of} is null then st.${name} else excluded.${name} end`
}
/** On conflict: sets a state's fields to those of the new row. */
export const setFields = set(stateFields, fieldAfter)

/** The number of beats from which a terminal's interval is computed. */
export const remembered = raw("21")

/** The median gap of `recent_beats`, which are in order. */
export const learntInterval = raw(`
  (select percentile_cont(0.5) within group (order by date_part('epoch', x.at - x.before))::int
     from (select unnest(recent_beats[2:]) as at,
                  unnest(recent_beats[:cardinality(recent_beats) - 1]) as before) x)`)

// A terminal is late at this time if its store stays open, and never earlier.
const interval = `coalesce(excluded.learnt_interval_seconds, ${defaultIntervalSeconds})`
const lateAt = `greatest(st.last_received_at, excluded.last_received_at)
  + interval '1 second' * greatest(${lateAfterSeconds}, ${lateAfterBeats} * ${interval})`
const isBack = `st.online_state in ('late', 'suspect', 'offline') and ${lateAt} > now()`

const row = (value: (name: string) => string) =>
  `(${[
    ...watchedFields.map(value),
    ...watchedLimits.map(({ field, passes }) => `${value(field)} ${passes}`),
  ].join(", ")})`
const isOtherwise = `${row(fieldAfter)}
  is distinct from ${row((name) => `st.${name}`)}`

/**
 * On conflict: brings a silent terminal back online, and says when the rounds of insight look at it again.
 * Usually their times stay. They are indexed, so a change costs more than the rest of the row: the time of
 * the next state does not follow a new heartbeat, but the round that meets it moves it. An offline terminal
 * that sends what it kept is worked out again every few seconds, not after each fold, until what it sends is
 * new.
 */
export const setRounds = raw(`
  online_state = case when ${isBack} then 'online' else st.online_state end,
  online_state_since = case when ${isBack} then now() else st.online_state_since end,
  next_state_at = case when st.online_state = 'unknown' then now()
                       when st.online_state = 'offline' and ${lateAt} <= now()
                         then least(st.next_state_at, now() + interval '10 s')
                       else least(st.next_state_at, ${lateAt}) end,
  next_look_at = case when st.is_recovering or st.online_state = 'offline' or ${isOtherwise} then now()
                      else st.next_look_at end`)
