import sql, { type Sql } from "sql-template-tag"

/**
 * Rows of one owner in every table. Each text contains `mark` and each id begins with `base`, so that a
 * test recognises them anywhere. `owner` is the organisation of a store's rows. It has rows of its own,
 * without a store.
 */
export type Place = { orgId: string; mark: string; base: number; sales: number; owner: Place | null }

const numbers = {
  store: 1,
  terminal: 2,
  merchant: 3,
  region: 4,
  model: 5,
  acquirer: 6,
  pack: 7,
  code: 8,
  quarantine: 9,
  batch: 10,
  flag: 11,
  mapping: 12,
  incident: 13,
  flagEvent: 15,
  finding: 16,
  training: 14,
  window: 17,
  remoteAction: 18,
  supplier: 21,
  approval: 22,
  release: 23,
  policy: 24,
} as const
const uuids = { user: 1, session: 2, import: 3, key: 4, profile: 5, link: 6 } as const

export const idOf = ({ base }: Place, what: keyof typeof numbers): number => base * 1000 + numbers[what]
export const uuidOf = ({ base }: Place, what: keyof typeof uuids): string =>
  `00000000-0000-4000-8000-${String(base * 1000 + uuids[what]).padStart(12, "0")}`

/** Matches any text that contains an id or mark of the place. */
export const tracesOf = ({ base, mark }: Place): RegExp =>
  new RegExp(`${mark}|(?<!\\d)0*${base}0\\d\\d(?!\\d)`)

export const ownerOf = (place: Place): Place => place.owner ?? place
export const hour = sql`date_trunc('hour', now()) - interval '2 hours'`
export const today = sql`(now() at time zone 'Asia/Shanghai')::date`

export type Filler = { of: "organisation" | "store"; row: (place: Place) => Sql }
