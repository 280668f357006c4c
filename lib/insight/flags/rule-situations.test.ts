import { describe, expect, test } from "vitest"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { rules } from "@/lib/insight/flags/rules"
import { playRounds, type Played, type Player } from "@/tests/support/rule-stories/play-rounds"
import { scenes, usualNight, wellAt, zonesOfOneNight, type Scene } from "@/tests/support/rule-stories/scenes"
import {
  terminalStories,
  type Story,
  type TerminalRule,
  type Told,
} from "@/tests/support/rule-stories/terminal-stories"
import { context } from "@/tests/support/terminal-facts"

const minute = 60_000
const stories = Object.entries(terminalStories) as [TerminalRule, Story][]

test("each rule has its story", () => {
  expect(Object.keys(terminalStories).toSorted()).toEqual(rules.map(({ name }) => name).toSorted())
})

/** What is told of a terminal from an instant on, and what else is true of it then. */
type Act = { from: number; told?: Told; facts?: Partial<TerminalFacts> }

/** A terminal whose acts follow each other; each keeps what an act does not name. */
function playerOf(
  scene: Scene,
  story: Story,
  { id = 7, acts }: { id?: number; acts: readonly Act[] },
): Player {
  return {
    changes: [...acts.map(({ from }) => from), ...(story.changes?.(scene) ?? [])],
    facts: (at) => {
      const begun = acts.filter(({ from }) => from <= at)
      const told = begun.findLast((act) => act.told)?.told
      return Object.assign(
        wellAt(scene, at),
        { terminalId: id },
        told?.(scene, at),
        ...begun.map(({ facts }) => facts),
      )
    },
  }
}

const hour = 60 * minute
/** After the flag has opened and before the trouble becomes another one. */
const later = 65 * minute

function play(rule: TerminalRule, scene: Scene, players: readonly Player[], until = 90 * minute): Played[] {
  const story = terminalStories[rule]
  const played = playRounds({
    players,
    from: Math.min(scene.begins, scene.due[story.waits]) - hour,
    to: scene.due[story.waits] + until,
    context: { ...context, ...story.context?.(scene) },
  })
  return played.filter((flag) => flag.rule === rule)
}

const opensOnTime = (flag: Played | undefined, due: number, { within = 1 }: Story) => {
  const minutes = ((flag?.openedAt ?? Infinity) - due) / minute
  expect({ minutes, isOnTime: minutes > 0 && minutes <= within }).toMatchObject({ isOnTime: true })
}

describe.each(stories)("%s", (rule, story) => {
  const due = usualNight.due[story.waits]
  const began: Act = { from: usualNight.begins, told: story.trouble }
  const isAlsoOutOfService = rules.some((one) => one.name === rule && one.isAlsoOutOfService)
  const playHere = (...acts: readonly Act[]) =>
    play(rule, usualNight, [playerOf(usualNight, story, { acts: [began, ...acts] })])

  test("opens, says what changed, waits while it is hardly better, and clears", () => {
    const acts = [
      began,
      ...(story.worse ? [{ from: due + later, told: story.worse }] : []),
      ...(story.better ? [{ from: due + 75 * minute, told: story.better }] : []),
      { from: due + 85 * minute, told: story.over },
    ]
    const [flag, ...others] = play(rule, usualNight, [playerOf(usualNight, story, { acts })])
    expect(others).toEqual([])
    opensOnTime(flag, due, story)
    expect(flag?.sinceAt).toBeLessThanOrEqual(flag?.openedAt ?? 0)
    expect((flag?.told.length ?? 0) > 1).toBe(story.worse !== null)
    expect(flag?.closedAt).toBe(due + 86 * minute)
  })

  test("opens nothing where it is hardly there, or over before the next round", () => {
    expect(playHere({ from: usualNight.begins, told: story.better ?? story.over })).toEqual([])
    expect(playHere({ from: due + 20_000, told: story.over })).toEqual([])
  })

  test.each(Object.entries(scenes))("opens on time in %s", (_name, scene) => {
    const acts = [{ from: scene.begins, told: story.trouble }]
    const [flag, ...others] = play(rule, scene, [playerOf(scene, story, { acts })])
    expect(others).toEqual([])
    opensOnTime(flag, scene.due[story.waits], story)
    expect(flag?.closedAt).toBeNull()
  })

  test("opens on time in each of an organisation's zones", () => {
    const players = zonesOfOneNight.map((scene, id) =>
      playerOf(scene, story, { id, acts: [{ from: scene.begins, told: story.trouble }] }),
    )
    const [first = usualNight] = zonesOfOneNight
    const played = play(rule, first, players, 24 * hour)
    expect(played.map(({ terminalId }) => terminalId)).toEqual([0, 1, 2])
    for (const [id, scene] of zonesOfOneNight.entries())
      opensOnTime(played[id], scene.due[story.waits], story)
  })

  test.each([[[3]], [Array.from({ length: 10 }, (_, id) => id)]])("in a fleet of ten opens at %j", (ill) => {
    const players = Array.from({ length: 10 }, (_, id) =>
      playerOf(usualNight, story, { id, acts: ill.includes(id) ? [began] : [] }),
    )
    const played = play(rule, usualNight, players)
    expect(played.map(({ terminalId }) => terminalId)).toEqual(ill)
    for (const flag of played) opensOnTime(flag, due, story)
  })

  test("goes with a terminal that moves, unless it is about the store as well", () => {
    const elsewhere = story.elsewhere ? { told: story.elsewhere } : {}
    const [flag] = playHere({ from: due + later, facts: { storeId: 4 }, ...elsewhere })
    expect(flag?.closedAt).toBe(story.elsewhere ? due + later + minute : null)
  })

  test.each(["pending", "spare", "in_repair", "retired"] as const)(
    "closes and opens none when %s, unless it is about money",
    (status) => {
      const [flag] = playHere({ from: due + later, facts: { status, onlineState: "unknown" } })
      const opened = playHere({ from: usualNight.begins, facts: { status } })
      const stays = isAlsoOutOfService && status !== "pending"
      expect([flag?.closedAt, opened.length]).toEqual(stays ? [null, 1] : [due + later + minute, 0])
    },
  )

  test("closes and opens none when the store closes for good, unless it is about money", () => {
    const [flag] = playHere({ from: due + later, facts: { closesAt: due + later } })
    const opened = playHere({ from: usualNight.begins, facts: { closesAt: usualNight.begins } })
    expect(flag?.closedAt).toBe(isAlsoOutOfService ? null : due + later + minute)
    expect(opened).toHaveLength(isAlsoOutOfService ? 1 : 0)
  })

  test("is not taken over by the terminal that takes the place in a swap", () => {
    const swapped = due + later
    const players = [
      playerOf(usualNight, story, { id: 1, acts: [began, { from: swapped, facts: { status: "retired" } }] }),
      playerOf(usualNight, story, {
        id: 2,
        acts: [
          { from: 0, facts: { status: "spare" } },
          { from: swapped, facts: { status: "active" } },
        ],
      }),
    ]
    const closedAt = isAlsoOutOfService ? null : swapped + minute
    expect(play(rule, usualNight, players)).toMatchObject([{ terminalId: 1, closedAt }])
  })

  test("opens when the trouble becomes known late, or the terminal comes back to service with it", () => {
    const known = due + hour / 2
    const late = play(rule, usualNight, [
      playerOf(usualNight, story, { acts: [{ from: known, told: story.trouble }] }),
    ])
    expect(late).toMatchObject([{ openedAt: known + minute / 2 }])
    const back = playHere(
      { from: usualNight.begins, facts: { status: "in_repair" } },
      { from: known, facts: { status: "active" } },
    )
    expect(back).toMatchObject([{ openedAt: (isAlsoOutOfService ? due : known) + minute / 2 }])
  })
})
