import sql, { type Sql } from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { numberOf } from "@/lib/base/time/zone-days"
import { noteStores } from "@/lib/fleet/changes/note-changes"
import { addPolicy } from "@/lib/fleet/releases/change-releases"
import { changeTerminals } from "@/lib/fleet/terminals/life/change-terminals"
import { swapTerminal } from "@/lib/fleet/terminals/life/swap-terminal"
import type { Flag } from "@/lib/insight/engine/flag"
import { runNight } from "@/lib/insight/engine/run-night"
import { emptyState } from "@/lib/insight/engine/state"
import { components } from "@/lib/insight/engine/terms/signals"
import { rules } from "@/lib/insight/flags/rules"
import { isNightly, nightlyRules, type RuleName } from "@/lib/insight/flags/words"
import { factsAt } from "@/lib/insight/nights/facts"
import { closeOutOfService, keepFlags } from "@/lib/insight/nights/keep-flags"
import { ruleOf } from "@/lib/insight/nights/rule-of"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal, type Organisation } from "@/tests/support/factories"
import { alwaysOpen, detect } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"
import { beatsOf, givenOpening, givenPlaces } from "@/tests/support/rule-stories/given-places"
import { atStore, storedStories, type StoredStory } from "@/tests/support/rule-stories/stored-stories"
import type { TerminalRule } from "@/tests/support/rule-stories/terminal-stories"
import { noPolicy } from "@/tests/support/terminal-facts"

useDatabase()

const write = (statement: Sql) => asWorker((db) => db.query(statement))

const told = Object.entries(storedStories) as [TerminalRule, StoredStory][]
const everyRule = told.map(([rule]) => rule)

const situations = ["stays", "clears", "moves", "spare", "retired", "swapped", "storeCloses", "late"] as const
type Situation = (typeof situations)[number]
type Place = { rule: TerminalRule; situation: Situation; terminalId: number; storeId: number }

let organisation: Organisation
let places: Place[]
let replacements: number[]
let elsewhere: number

const of = (situation: Situation) => places.filter((one) => one.situation === situation)
const idsOf = (situation: Situation) => of(situation).map(({ terminalId }) => terminalId)

const send = async (beats: ReturnType<typeof beatsOf>) => {
  await givenBatch(organisation.orgId, "heartbeat", beats)
  await foldAll()
}

type OpenFlag = { rule: RuleName; terminal_id: number; store_id: number }
const openFlags = () =>
  asWorker((db) =>
    db.query<OpenFlag>(sql`
    select rule, terminal_id, store_id from flag
     where org_id = ${organisation.orgId}::uuid and status = 'open' order by id`),
  )

/** Which rules have an open flag at the terminals of each situation. */
async function openRules(): Promise<Record<string, RuleName[]>> {
  const found = new Set((await openFlags()).map((flag) => `${flag.rule} ${flag.terminal_id}`))
  return Object.fromEntries(
    situations.map((situation) => [
      situation,
      of(situation)
        .filter(({ rule, terminalId }) => found.has(`${rule} ${terminalId}`))
        .map(({ rule }) => rule),
    ]),
  )
}

/** Open flags of the rounds at terminals of other stories. */
async function strayFlags(): Promise<string[]> {
  const ruleAt = new Map<number, RuleName>(places.map(({ terminalId, rule }) => [terminalId, rule]))
  const strays = (await openFlags())
    .filter(({ rule, terminal_id: id }) => !isNightly(rule) && ruleAt.get(id) !== rule)
    .map(({ rule, terminal_id: id }) => `${rule} at ${ruleAt.get(id)}`)
  return [...new Set(strays)]
}

beforeAll(async () => {
  organisation = await givenOrganisation()
  const { orgId, actor } = organisation
  const wanted = situations.flatMap((situation) => everyRule.map((rule) => ({ situation, rule })))
  const made = await givenPlaces(orgId, wanted.length)
  places = wanted.map((one, i) => ({ ...one, ...(made[i] ?? { terminalId: 0, storeId: 0 }) }))
  ;({ storeId: elsewhere } = await givenStore(orgId, {
    openingHours: alwaysOpen,
    timeZone: "Asia/Kathmandu",
  }))
  await write(sql`
    update store set latitude = 31.4, longitude = 121.47 where id = ${elsewhere}::bigint`)
  replacements = []
  for (const _ of everyRule)
    replacements.push((await givenTerminal(orgId, { storeId: elsewhere, status: "spare" })).terminalId)
  await write(sql`delete from terminal_tid where terminal_id = any(${replacements}::bigint[])`)

  const opening = places.filter(({ rule }) => rule === "not_up_at_opening").map(({ storeId }) => storeId)
  await send([
    ...places.flatMap(({ rule, situation, terminalId: id }) =>
      situation === "late"
        ? beatsOf(id, storedStories[rule].good, { count: 3 })
        : beatsOf(id, { ...atStore, ...storedStories[rule].bad }, storedStories[rule].beats),
    ),
    ...replacements.flatMap((id) => beatsOf(id)),
    ...(await givenOpening(orgId, opening)),
  ])
  for (const [rule, { given }] of told) {
    const ids = places.filter((one) => one.rule === rule && one.situation !== "late")
    if (given) await write(given(ids.map(({ terminalId }) => terminalId)))
  }
  await addPolicy({ actor, body: { ...noPolicy, minimumVersion: "5.10.0" } })
  await detect(orgId, 3)
})

const night = { day: 0, terminals: [], sums: [], operators: [], issuers: [], shares: [] }
const today = localDay(new Date(), "Asia/Shanghai")

/** A night after which a component is bad at a terminal of each situation, as long as it takes part. */
async function keepNight(isBad: boolean) {
  const { orgId } = organisation
  const at = new Date()
  return asWorker(async (db) => {
    const terminals = await factsAt(db, { orgId, until: at })
    const inService = new Set(terminals.map(({ id }) => id))
    const flags = nightlyPlaces()
      .filter(({ terminalId }) => isBad && inService.has(String(terminalId)))
      .map(({ component, terminalId }): [string, Flag] => [
        `${terminalId}/${component}`,
        {
          terminal: String(terminalId),
          component,
          p: 1e-9,
          test: "week",
          observed: 30,
          expected: 5,
          ratio: 5,
          interval: [3, 8],
          badDays: 3,
          openedOn: numberOf(today) - 1,
          healthyNights: 0,
          isAlone: false,
        },
      ])
    const result = runNight(emptyState(), night)
    result.state.flags = new Map(flags)
    return keepFlags(db, { orgId, at, day: addDays(today, -1), zone: "Asia/Shanghai", terminals, result })
  })
}

/** Each component is bad at one terminal of each situation but late data, which nights do not know. */
const nightlyPlaces = () =>
  situations
    .filter((situation) => situation !== "late")
    .flatMap((situation) =>
      components.map((component, i) => ({
        component,
        situation,
        terminalId: of(situation)[i]?.terminalId ?? 0,
      })),
    )

/** Which rules of the nights have an open flag in each situation. */
async function openNightly(): Promise<Record<string, RuleName[]>> {
  const found = new Set((await openFlags()).map((flag) => `${flag.rule} ${flag.terminal_id}`))
  const open = nightlyPlaces().filter(({ component, terminalId }) =>
    found.has(`${ruleOf[component]} ${terminalId}`),
  )
  return Object.fromEntries(
    situations.map((situation) => [
      situation,
      open.filter((one) => one.situation === situation).map(({ component }) => ruleOf[component]),
    ]),
  )
}
const inEach = (open: readonly RuleName[], change: Partial<Record<Situation, readonly RuleName[]>>) => ({
  ...Object.fromEntries(situations.map((situation) => [situation, open])),
  ...change,
})
const everyNightly = components.map((component) => ruleOf[component])

test("each rule has its story, and its flag opens at its terminals and nowhere else", async () => {
  expect(everyRule.toSorted()).toEqual(rules.map(({ name }) => name).toSorted())
  expect(everyNightly.toSorted()).toEqual(nightlyRules.toSorted())
  expect(await openRules()).toEqual(inEach(everyRule, { late: [] }))
  expect(await strayFlags()).toEqual(["repeated_failures at keeping_costs_more"])
  await keepNight(true)
  expect(await openNightly()).toEqual(inEach(everyNightly, { late: [] }))
})

test("late heartbeats open no flag where newer ones are good, and clear none where bad", async () => {
  await send(
    places.flatMap(({ rule, situation, terminalId: id }) => {
      const { bad, good } = storedStories[rule]
      if (situation === "late") return beatsOf(id, bad, { until: 47 })
      return situation === "stays" ? beatsOf(id, good, { until: 400, count: 3 }) : []
    }),
  )
  await detect(organisation.orgId, 3, 4)
  expect(await openRules()).toEqual(inEach(everyRule, { late: [] }))
})

test("flags go with terminals, a store's do not; all but unsent sales end with service", async () => {
  const { orgId, actor } = organisation
  await changeTerminals({ actor, ids: idsOf("moves"), change: { store: elsewhere } })
  await changeTerminals({ actor, ids: idsOf("spare"), change: { status: "spare" } })
  await changeTerminals({ actor, ids: idsOf("retired"), change: { status: "retired" } })
  for (const [i, terminalId] of idsOf("swapped").entries())
    await swapTerminal({ actor, terminalId, replacement: replacements[i] ?? 0, oldStatus: "in_repair" })
  const closing = of("storeCloses").map(({ storeId }) => storeId)
  await write(sql`update store set closed_on = '2026-01-01' where id = any(${closing}::bigint[])`)
  await inOrganisation(actor, (db) => noteStores(db, closing))
  await detect(orgId, 3, 8)
  await asWorker((db) => closeOutOfService(db, orgId, new Date()))

  const left = ["spare", "retired", "swapped", "storeCloses"] as const
  const gone = { ...Object.fromEntries(left.map((situation) => [situation, []])), late: [] }
  const unsent: RuleName[] = ["unsent_sales"]
  const stays = Object.fromEntries(left.map((situation) => [situation, unsent]))
  const ofStores: RuleName[] = ["not_up_at_opening", "signal_weak"]
  const moves = everyRule.filter((rule) => !ofStores.includes(rule))
  expect(await openRules()).toEqual(inEach(everyRule, { ...gone, ...stays, moves }))
  expect(await openNightly()).toEqual(inEach(everyNightly, gone))
  // Elsewhere it should have been up all night.
  expect(await strayFlags()).toEqual([
    "repeated_failures at keeping_costs_more",
    "silent at not_up_at_opening",
  ])
  const moved = new Set(idsOf("moves"))
  const open = await openFlags()
  expect(open.filter((flag) => replacements.includes(flag.terminal_id))).toEqual([])
  expect(open.filter((one) => moved.has(one.terminal_id) && one.store_id !== elsewhere)).toEqual([])

  await keepNight(true)
  expect(await openNightly()).toEqual(inEach(everyNightly, gone))
})

test("flags clear with what made them open", async () => {
  await send(
    of("clears").flatMap(({ rule, terminalId: id }) =>
      beatsOf(id, storedStories[rule].good, { until: 0, count: 4 }),
    ),
  )
  for (const { rule, terminalId } of of("clears")) {
    const { over } = storedStories[rule]
    if (over) await write(over([terminalId]))
  }
  // The day's look comes.
  await write(sql`
    update terminal_state set next_look_at = '-infinity'
     where terminal_id = any(${idsOf("clears")}::bigint[])`)
  await detect(organisation.orgId, 4, 24)
  expect((await openRules())["clears"]).toEqual([])
  await keepNight(false)
  expect(await openNightly()).toEqual(inEach([], {}))
})
