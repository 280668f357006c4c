import { at } from "@/tests/support/fold-sales"

/** Six stores with three terminals each; each terminal sells every quarter of an hour from nine to six. */
export const storeCount = 6
export const terminalsOfStore = 3
export const issuers = ["622202", "621700", "622848", "621661"]
const quarters = 36
const openSeconds = -3 * 3600

export type Sale = Record<string, unknown> & { terminal: string; id: string; at: string }
/**
 * `told` are the sales that the story is about, `innocent` failed ones that have nothing to do with it.
 * `remedy` is what to do first.
 */
export type Story = {
  name: string
  sales: Sale[]
  told: string[]
  cause: string
  remedy: string
  innocent: string[]
}

export const serialOf = (store: number, place: number) => `V${store}${place}`

type Of = { store: number; place: number; quarter: number; id: string }

/** A sale at a terminal in a quarter of an hour, of a customer of its own. */
export function saleAt({ store, place, quarter, id }: Of, more: Record<string, unknown> = {}): Sale {
  const seconds = openSeconds + quarter * 900 + store * 60 + place * 20 + (id.length % 7)
  return {
    terminal: serialOf(store, place),
    id,
    at: at(seconds),
    outcome: "approved",
    codeSystem: "unionpay",
    code: "00",
    entryMode: quarter % 2 === 0 ? "chip" : "contactless",
    amountMinor: 1000 + quarter * 10 + store,
    currency: "CNY",
    issuerBin: issuers[(store + place + quarter) % issuers.length],
    cardRef: `card ${id}`,
    acquirer: "ums",
    operator: `0${1 + ((place + Math.floor(quarter / 6)) % 3)}`,
    ...more,
  }
}

/** A usual day, with a few customers without money. */
export function usualDay(): Sale[] {
  const sales: Sale[] = []
  for (let store = 0; store < storeCount; store += 1)
    for (let place = 0; place < terminalsOfStore; place += 1)
      for (let quarter = 0; quarter < quarters; quarter += 1) {
        const isPoor = (store * 7 + place * 5 + quarter) % 31 === 0
        const id = `u-${store}-${place}-${quarter}`
        sales.push(saleAt({ store, place, quarter, id }, isPoor ? { outcome: "declined", code: "51" } : {}))
      }
  return sales
}

const failing = (
  name: string,
  ofs: readonly (Omit<Of, "id"> & Record<string, unknown>)[],
  more: Record<string, unknown>,
): Sale[] =>
  ofs.map(({ store, place, quarter, ...own }, i) =>
    saleAt({ store, place, quarter, id: `${name}-${i}` }, { outcome: "declined", ...more, ...own }),
  )

const range = (count: number) => Array.from({ length: count }, (_, i) => i)
const here = (quarters: number, first = 2) =>
  range(quarters).map((i) => ({ store: 1, place: 1, quarter: first + i }))
const read = { outcome: "failed", codeSystem: "pos-hal", hostReached: false }
const idsOf = (sales: readonly Sale[]) => sales.map(({ id }) => id)

const told = (name: string, cause: string, remedy: string, sales: Sale[], innocent: Sale[] = []): Story => ({
  name,
  cause,
  remedy,
  sales: [...sales, ...innocent],
  told: idsOf(sales),
  innocent: idsOf(innocent),
})

const everywhere = range(storeCount).flatMap((store) => [
  { store, place: 0, quarter: 20 },
  { store, place: 2, quarter: 20 },
])

/** What must be told apart, each with what was wrong. */
export const stories: Story[] = [
  told(
    "an issuer is down",
    "system",
    "wait_retry",
    failing("issuer", everywhere, { code: "05", issuerBin: "621700" }),
    failing("alone", [{ store: 3, place: 1, quarter: 5 }], { code: "51", issuerBin: "622848" }),
  ),
  told(
    "a chip reader is dirty",
    "device",
    "clean",
    failing("dirty", here(14), { ...read, code: "ICC-2108", entryMode: "chip" }),
  ),
  told(
    "a cashier is not trained",
    "operator",
    "correct_operation",
    failing(
      "untrained",
      range(12).map((i) => ({ store: 2, place: i % 3, quarter: 3 + i })),
      { ...read, code: "ICC-2108", entryMode: "chip", operator: "09" },
    ),
  ),
  told(
    "a store's line is dead",
    "system",
    "check_comms",
    failing(
      "line",
      range(12).map((i) => ({ store: 4, place: i % 3, quarter: 20 + Math.floor(i / 6) })),
      { ...read, code: "NET0" },
    ),
  ),
  told("keys are lost on one terminal", "system", "resign_in", failing("keys", here(10), { code: "99" })),
  told(
    "a worn card visits five terminals",
    "card",
    "check_card",
    failing(
      "worn",
      range(5).map((store) => ({ store, place: store % 3, quarter: 4 + 5 * store })),
      { ...read, code: "ICC-2108", entryMode: "chip", cardRef: "the worn card" },
    ),
  ),
  told(
    "stolen card numbers are tested",
    "card",
    "check_card",
    failing(
      "testing",
      range(20).map((i) => ({ store: 0, place: 1, quarter: 10 + Math.floor(i / 8) })),
      { code: "14", entryMode: "manual" },
    ),
  ),
  told(
    "a clock lets every card expire",
    "device",
    "repair_replace",
    failing("clock", here(12), { code: "54" }),
  ),
  told(
    "a wrong merchant number is loaded",
    "system",
    "update_software",
    failing("merchant", here(10), { code: "03" }),
  ),
  told(
    "a release cannot read",
    "system",
    "update_software",
    failing(
      "release",
      range(storeCount).flatMap((store) => range(6).map((i) => ({ store, place: 2, quarter: 6 + 2 * i }))),
      { ...read, codeSystem: "emv-c2-error", code: "L1-02", entryMode: "contactless" },
    ),
  ),
]

/** The firmware of the last story, which the terminals in every store's third place run. */
export const badRelease = { place: 2, version: "9.9.9" }
