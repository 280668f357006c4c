import { Random } from "@/lib/run/simulation/random"
import { binOf } from "@/lib/run/simulation/world/bins"
import { cardOf, tokenOf } from "@/lib/run/simulation/world/cards"
import { clockError, dateOf, instantOf } from "@/lib/run/simulation/world/clock"
import { answerOf, dialects, type Dialect } from "@/lib/run/simulation/world/codes"
import { durationsOf } from "@/lib/run/simulation/world/durations"
import { causeOf } from "@/lib/run/simulation/world/logged"
import { entryModes } from "@/lib/run/simulation/world/parameters"
import type { Run } from "@/lib/run/simulation/world/run"
import type { Sale, TerminalDay } from "@/lib/run/simulation/world/sales"

/** A sale's record in the form of the API, and why it really failed. */
export type SaleRecord = { record: Record<string, unknown>; cause: string | null }

const triesAgain = 0.45
const failsAgain = 0.35
const mostTries = 3

/** All records of a terminal's day, in the order of the sales. */
export function transactionsOf(run: Run, made: TerminalDay): SaleRecord[] {
  const random = new Random(run.seed, "details", made.terminal.index, made.day)
  const dialect = run.parameters.complete ? dialects[made.terminal.acquirer] : dialects.usual
  const durations = durationsOf(run, made)
  const date = dateOf(run.parameters, made.day)
  return made.sales.flatMap((sale, i) =>
    attemptsOf(run, made, { sale, date, durationMs: durations[i] ?? 0, random, dialect }),
  )
}

type Selling = { sale: Sale; date: string; durationMs: number; random: Random; dialect: Dialect }

function attemptsOf(
  run: Run,
  made: TerminalDay,
  { sale, date, durationMs, random, dialect }: Selling,
): SaleRecord[] {
  const { terminal, day } = made
  const { fleet, parameters } = run
  const { mechanism, logged } = sale
  const operator = terminal.store.operators[sale.operator]?.id
  const bin = binOf(sale, fleet.issuers, parameters)
  const common = {
    terminal: terminal.serial,
    entryMode: entryModes[sale.entry],
    amountMinor: 500 + random.below(40_000),
    currency: "CNY",
    ...(bin === "" ? {} : { issuerBin: bin }),
    ...(parameters.hasCards ? { cardRef: tokenOf(cardOf(made, sale, fleet.issuers)) } : {}),
    scheme: "unionpay",
    acquirer: terminal.acquirer,
    ...(terminal.sendsOperators && operator !== undefined ? { operator } : {}),
    release: made.effects.app,
  }
  let at = instantOf(run, terminal.store, day + sale.place) + clockError(run, terminal.index, day)
  const attempt = (number: number, isFailed: boolean): SaleRecord => {
    const answer = isFailed && logged && mechanism ? answerOf(random, dialect, logged, mechanism) : null
    return {
      cause: answer && mechanism ? causeOf[mechanism] : null,
      record: {
        ...common,
        at: new Date(at).toISOString(),
        id: `${date}-${sale.number}-${number}`,
        ...(answer ?? {
          outcome: "approved",
          codeSystem: dialect.issuer[0][0],
          code: "00",
          hostReached: true,
        }),
        durationMs,
      },
    }
  }
  const records = [attempt(0, mechanism !== null)]
  for (let i = 1; mechanism !== null && isTriedAgain(random, sale, i); i += 1) {
    at += 15_000 + random.below(60_000)
    const isFailed = mechanism === "bad card" || random.chance(failsAgain)
    records.push(attempt(i, isFailed))
    if (!isFailed) break
  }
  return records
}

const isTriedAgain = (random: Random, { mechanism, attempts }: Sale, i: number): boolean =>
  mechanism === "bad card"
    ? i < attempts
    : i < mostTries && mechanism !== "testing" && random.chance(triesAgain)
