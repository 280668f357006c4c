import { raw, type Sql } from "sql-template-tag"
import type { TemporaryTable } from "@/lib/rollups/fold/sql/temporary"

/** The claimed rows. */
export type ClaimedBeats = TemporaryTable<"claimed_beat">
export type ClaimedSales = TemporaryTable<"claimed_sale">
export type BeatArrivals = TemporaryTable<"beat_arrival">
export type SaleArrivals = TemporaryTable<"sale_arrival">
export type Disordered = TemporaryTable<"disordered">
export type Restated = TemporaryTable<"restated">
export type Touched = TemporaryTable<"touched">
/** What sales of each day are expected to fail with. */
export type Rates = TemporaryTable<"rate">
export type Sales = TemporaryTable<"sale">
export type Beats = TemporaryTable<"beat">
export type NewSales = TemporaryTable<"new_sale">
export type NewHours = TemporaryTable<"new_hour">
export type SegmentChanges = TemporaryTable<"segment_change">
/** The changes of the stores' hours and days. */
export type PlaceChanges = {
  hours: TemporaryTable<"place_hour_change">
  days: TemporaryTable<"place_day_change">
}
export type Advanced = TemporaryTable<"advanced">
export type NewestSales = TemporaryTable<"newest_sale">
export type Restatement = TemporaryTable<"restatement">
export type WrongStates = TemporaryTable<"wrong_state">

/** How much the sums of stores change in a round. */
export type Changes = { segmentChanges: SegmentChanges; placeChanges: PlaceChanges }

/**
 * The tables to which the terminals' hours and days, their places and the segments are written. `standings`
 * notes the terminals that are to be ranked again.
 */
export type Rollups = {
  hours: Sql
  days: Sql
  operators: Sql
  segments: Sql
  places: { hours: Sql; days: Sql }
  standings: Sql
}

/** The rollups that screens read. A check writes to temporary tables instead. */
export const keptRollups: Rollups = {
  hours: raw("terminal_hour"),
  days: raw("terminal_day"),
  operators: raw("operator_day"),
  segments: raw("segment_day"),
  places: { hours: raw("place_hour"), days: raw("place_day") },
  standings: raw("standing_change"),
}
