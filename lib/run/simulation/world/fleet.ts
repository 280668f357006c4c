import { Random } from "@/lib/run/simulation/random"
import {
  between,
  gammaFactor,
  geometric,
  indexOf,
  lognormal,
  normal,
  runningShares,
} from "@/lib/run/simulation/world/draws"
import type { Complete, Parameters } from "@/lib/run/simulation/world/parameters"

export const acquirers = ["lakala", "shengpay", "ums"] as const
/** China Mobile, China Unicom and China Telecom, as terminals name them. */
export const carriers = ["CMCC", "CUCC", "CTCC"] as const

export type Operator = { id: string; factor: number }
export type Store = {
  index: number
  code: string
  merchant: string
  opens: number
  closes: number
  closedOnSundays: boolean
  salesPerDay: number
  operators: Operator[]
  declines: number
  technical: number
  reads: number
  /** Running shares of its customers' issuers. */
  issuers: number[]
  /** The first day with sales. */
  since: number
}
export type Terminal = {
  index: number
  serial: string
  store: Store
  acquirer: (typeof acquirers)[number]
  carrier: (typeof carriers)[number]
  model: string
  modelIndex: number
  firmware: string
  salesPerDay: number
  technical: number
  /** Failed reads compared with the average terminal: contactless, chip, swipe. */
  reads: [number, number, number]
  sendsOperators: boolean
  /** When it moves to another store. */
  move: { day: number; store: Store } | null
}
export type Issuer = { bin: string; factor: number; technical: number }
export type Fleet = { stores: Store[]; terminals: Terminal[]; issuers: Issuer[] }

const bins = [
  "622202",
  "621700",
  "622848",
  "621661",
  "622588",
  "625912",
  "622908",
  "622262",
  "622622",
  "622689",
  "621483",
  "623058",
  "622518",
  "622155",
  "621799",
  "622700",
]

/** A made-up fleet. Everything follows from the seed. */
export function makeFleet(parameters: Parameters, seed: number): Fleet {
  const issuers = Array.from({ length: parameters.issuers }, (_, index): Issuer => {
    const random = new Random(seed, "issuer", index)
    return {
      bin: bins[index] ?? String(624_000 + index),
      factor: lognormal(random, parameters.issuerDeclines.issuerSigma),
      technical: lognormal(random, parameters.technical.issuerSigma),
    }
  })
  const models = parameters.modelShares.map((_, index) => makeModel(parameters, seed, index))
  const stores: Store[] = []
  const terminals: Terminal[] = []
  while (terminals.length < parameters.terminals) {
    const random = new Random(seed, "store", stores.length)
    const store = makeStore(parameters, random, stores.length)
    stores.push(store)
    const size = geometric(random, 1 - 1 / parameters.storeSizeMean, parameters.storeSizeMost)
    for (let i = 0; i < size && terminals.length < parameters.terminals; i += 1)
      terminals.push(makeTerminal(parameters, seed, { index: terminals.length, store, models }))
  }
  const fleet = { stores, terminals, issuers }
  return parameters.complete
    ? moveSome(parameters.complete, new Random(seed, "moves"), fleet, parameters.days)
    : fleet
}

function makeStore(parameters: Parameters, random: Random, index: number): Store {
  const { salesPerDay, issuerDeclines, technical, reads, userFailures } = parameters
  const weights = Array.from(
    { length: parameters.issuers },
    (_, i) => gammaFactor(random, parameters.issuerTiltShape) / (i + 1.5),
  )
  const operators =
    parameters.operatorsLeast + random.below(parameters.operatorsMost - parameters.operatorsLeast + 1)
  const since =
    parameters.complete && random.chance(parameters.complete.newStores)
      ? random.below(Math.floor(parameters.days * 0.6))
      : 0
  return {
    index,
    code: `S${String(index + 1).padStart(4, "0")}`,
    merchant: `M${String(Math.floor(index / parameters.storesOfMerchant) + 1).padStart(3, "0")}`,
    opens: 8 + random.below(3),
    closes: 20 + random.below(3),
    closedOnSundays: random.chance(parameters.closedOnSundays),
    salesPerDay: salesPerDay.median * lognormal(random, salesPerDay.storeSigma),
    operators: Array.from({ length: operators }, (_, n) => ({
      id: String(n + 1).padStart(2, "0"),
      factor: lognormal(random, userFailures.operatorSigma),
    })),
    declines: lognormal(random, issuerDeclines.storeSigma),
    technical: lognormal(random, technical.storeSigma),
    reads: lognormal(random, reads.storeSigma),
    issuers: runningShares(weights),
    since,
  }
}

type Model = { name: string; factor: number; firmware: { version: string; factor: number }[] }

function makeModel(parameters: Parameters, seed: number, index: number): Model {
  const random = new Random(seed, "model", index)
  return {
    name: `P${index + 1}00`,
    factor: lognormal(random, parameters.reads.modelSigma),
    firmware: parameters.firmwareShares.map((_, release) => ({
      version: `${index + 1}.${4 - release}.0`,
      factor: lognormal(random, parameters.reads.firmwareSigma),
    })),
  }
}

function makeTerminal(
  parameters: Parameters,
  seed: number,
  { index, store, models }: { index: number; store: Store; models: Model[] },
): Terminal {
  const random = new Random(seed, "terminal", index)
  const modelIndex = indexOf(runningShares(parameters.modelShares), random.unit())
  const firmwareIndex = indexOf(runningShares(parameters.firmwareShares), random.unit())
  const model = models[modelIndex]
  const firmware = model?.firmware[firmwareIndex]
  const { terminalSigma, terminalLimit } = parameters.reads
  // Half of the variance is shared between the readers of one terminal.
  const clamp = (z: number) => Math.max(-terminalLimit, Math.min(terminalLimit, z))
  const shared = normal(random)
  const own = () => Math.exp(terminalSigma * clamp((shared + normal(random)) / Math.SQRT2))
  const common = (model?.factor ?? 1) * (firmware?.factor ?? 1) * store.reads
  return {
    index,
    serial: `T${String(100_000 + index * 7)}`,
    store,
    acquirer: acquirers[Math.floor(store.index / parameters.storesOfMerchant) % acquirers.length] ?? "lakala",
    carrier: carriers[store.index % carriers.length] ?? carriers[0],
    model: model?.name ?? "",
    modelIndex,
    firmware: firmware?.version ?? "",
    salesPerDay: store.salesPerDay * lognormal(random, parameters.salesPerDay.terminalSigma),
    technical: lognormal(random, parameters.technical.terminalSigma),
    reads: [common * own(), common * own(), common * own()],
    sendsOperators: !parameters.complete || !random.chance(parameters.complete.withoutOperator),
    move: null,
  }
}

/** Sends some terminals to another store. */
function moveSome(
  { relocations }: Complete,
  random: Random,
  { stores, terminals, issuers }: Fleet,
  days: number,
): Fleet {
  const moved = terminals.map((terminal): Terminal => {
    const store = stores[random.below(stores.length)]
    return random.chance(relocations) && store
      ? { ...terminal, move: { day: random.below(days), store } }
      : terminal
  })
  return { stores, terminals: moved, issuers }
}

/** A terminal with the store that it is in on a day. */
export const placedOn = (terminal: Terminal, day: number): Terminal =>
  terminal.move && terminal.move.day <= day ? { ...terminal, store: terminal.move.store } : terminal

/** A day between two others, for the begin of something. */
export const dayBetween = (random: Random, first: number, last: number): number =>
  Math.floor(between(random, [first, Math.max(first, last) + 1]))
