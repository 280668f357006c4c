import { expect, test } from "vitest"
import {
  distributionPlan,
  largeTables,
  referenceTables,
  sharedFunctions,
  type Catalog,
} from "@/lib/base/db/distribution"

const large = Object.keys(largeTables)
const done: Catalog = {
  tables: [...referenceTables, ...large, "app_user", "organisation"],
  references: [],
  distributed: [...referenceTables, ...large],
  withoutRights: [],
  functions: [
    ...sharedFunctions,
    ...["stands", "stood"].map((name) => `${name}_within_reach of terminal_store_7`),
    ...["merchant", "region"].map((name) => `${name}_within_reach of store_8`),
  ],
  shards: { terminal_store: "terminal_store_7", store: "store_8" },
  leftBehind: [],
  asking: [],
}
const without = (...tables: string[]) => done.distributed.filter((table) => !tables.includes(table))

test("has nothing left to do on a cluster that is distributed", () => {
  expect(distributionPlan(done)).toEqual([])
})

test("copies tables after those they refer to, also if two refer to each other", () => {
  const references = [
    { name: "a", from: "region", to: "merchant" },
    { name: "b", from: "merchant", to: "store" },
    { name: "c", from: "store", to: "store" },
    { name: "d", from: "store", to: "region" },
  ]
  const distributed = without("merchant", "region", "store")
  const plan = distributionPlan({ ...done, distributed, references })
  expect(plan.filter((text) => text.includes("create_reference_table"))).toEqual([
    "select create_reference_table('region')",
    "select create_reference_table('store')",
    "select create_reference_table('merchant')",
  ])
})

test("drops the foreign keys between copied tables and those of the coordinator alone", () => {
  const references = [
    { name: "store_org", from: "store", to: "organisation" },
    { name: "user_store", from: "app_user", to: "store" },
    { name: "store_region", from: "store", to: "region" },
    { name: "user_org", from: "app_user", to: "organisation" },
  ]
  expect(distributionPlan({ ...done, references })).toEqual([
    "alter table store drop constraint store_org",
    "alter table app_user drop constraint user_store",
  ])
})

test("colocates all large tables", () => {
  expect(distributionPlan({ ...done, distributed: without("transaction", "segment_day") })).toEqual([
    expect.stringMatching(/^alter policy within_reach on transaction using \(org_id = .* and stood_within/),
    expect.stringMatching(/^alter policy changed_within_reach on transaction using /),
    expect.stringMatching(/^alter policy within_reach on segment_day using .* with check /),
    "select create_distributed_table('transaction', 'terminal_id', colocate_with => 'heartbeat')",
    "select create_distributed_table('segment_day', 'group_key', colocate_with => 'heartbeat')",
  ])
})

test("spreads sightings of cards by the card", () => {
  expect(distributionPlan({ ...done, distributed: without("card_sighting") })).toEqual([
    "select create_distributed_table('card_sighting', 'card_ref', colocate_with => 'none')",
  ])
})

test("policies ask functions, which read a table before it is copied and the node's shard after", () => {
  const plan = distributionPlan({ ...done, functions: [...sharedFunctions], distributed: [], shards: {} })
  expect(plan).toContainEqual(
    expect.stringMatching(/function merchant_within_reach\(.* from public.store p /),
  )
  expect(plan.filter((text) => text.startsWith("alter policy") && /select|exists/.test(text))).toEqual([])
  const functions = done.functions.filter((name) => !name.startsWith("region"))
  expect(distributionPlan({ ...done, functions })).toEqual([
    expect.stringMatching(/function region_within_reach\(.* from public.store_8 p /),
  ])
})

test("policies of the coordinator's tables ask its shard of a copied table", () => {
  const asking = {
    name: "within_reach",
    table: "remote_action",
    using: "(EXISTS ( SELECT\n FROM (store s\n JOIN flag f ON ((f.store_id = s.id)))))",
    check: null,
  }
  const ofLarge = { ...asking, table: "heartbeat" }
  expect(distributionPlan({ ...done, asking: [asking, ofLarge] })).toEqual([
    "alter policy within_reach on remote_action using " +
      "((EXISTS ( SELECT\n FROM (store_8 s\n JOIN flag f ON ((f.store_id = s.id))))))",
  ])
})

test("empties places before they are distributed, and the coordinator's copies at last", () => {
  const distributed = without("place_hour", "place_day")
  expect(distributionPlan({ ...done, distributed, leftBehind: ["store"] }).slice(2)).toEqual([
    "update organisation set places_from = 'infinity'",
    "truncate place_hour",
    "truncate place_day",
    "select create_distributed_table('place_hour', 'group_key', colocate_with => 'heartbeat')",
    "select create_distributed_table('place_day', 'group_key', colocate_with => 'heartbeat')",
    "select truncate_local_data_after_distributing_table('store')",
  ])
})

test("lets the roles log in, because nodes connect to each other as them", () => {
  expect(distributionPlan({ ...done, withoutRights: ["tillwatch_app", "tillwatch_worker"] })).toEqual([
    "alter role tillwatch_app login",
    "alter role tillwatch_worker login bypassrls",
  ])
})
