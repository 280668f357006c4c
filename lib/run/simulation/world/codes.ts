import type { Random } from "@/lib/run/simulation/random"
import type { Terminal } from "@/lib/run/simulation/world/fleet"
import type { Logged, Mechanism } from "@/lib/run/simulation/world/logged"

/** A response code, with its code system and how often it is used. */
type Choice = readonly [codeSystem: string, code: string, weight: number]
/** `line` is what a terminal says that does not reach the host. */
export type Dialect = Record<Logged | "line", readonly [Choice, ...Choice[]]>

const host = (codeSystem: string) =>
  ({
    issuer: [
      [codeSystem, "51", 45],
      [codeSystem, "61", 10],
      [codeSystem, "62", 8],
      [codeSystem, "05", 14],
      [codeSystem, "14", 8],
      [codeSystem, "57", 8],
      [codeSystem, "65", 5],
      [codeSystem, "75", 2],
    ],
    user: [
      [codeSystem, "13", 40],
      [codeSystem, "25", 30],
      [codeSystem, "94", 30],
    ],
    pin: [[codeSystem, "55", 1]],
    tech: [
      [codeSystem, "91", 45],
      [codeSystem, "96", 35],
      [codeSystem, "98", 20],
    ],
    keys: [[codeSystem, "99", 1]],
    expired: [[codeSystem, "54", 1]],
  }) as const

const ums = "ums-mispos"
const umsTerminal = {
  chip: [[ums, "2M", 1]],
  contactless: [
    [ums, "2N", 70],
    [ums, "2T", 30],
  ],
  magstripe: [
    [ums, "1M", 50],
    [ums, "1R", 30],
    [ums, "Y1", 20],
  ],
  line: [
    [ums, "Z0", 50],
    [ums, "Z1", 20],
    [ums, "Y8", 30],
  ],
} as const

const hal = "pos-hal"
const halTerminal = {
  chip: [
    [hal, "ICC-2108", 40],
    [hal, "ICC-2110", 20],
    [hal, "ICC-2111", 40],
  ],
  contactless: [
    [hal, "PCD-3005", 50],
    [hal, "PCD-3007", 30],
    [hal, "PCD-3017", 20],
  ],
  magstripe: [[hal, "MSR-703", 1]],
  line: [
    [hal, "NET0", 40],
    [hal, "NET1", 40],
    [hal, "NET2", 20],
  ],
} as const

/** What terminals and hosts say, by acquirer; `usual` where all say the same. */
export const dialects = {
  usual: { ...host("unionpay"), ...umsTerminal },
  lakala: { ...host("unionpay"), ...halTerminal },
  shengpay: { ...host("boc-pos"), ...umsTerminal },
  ums: { ...host(ums), ...umsTerminal },
} as const satisfies Record<"usual" | Terminal["acquirer"], Dialect>

const atTerminal: readonly string[] = ["chip", "contactless", "magstripe", "line"]

export type Answer = {
  codeSystem: string
  code: string
  outcome: "declined" | "failed"
  hostReached: boolean
}

/** The code of a failed attempt. */
export function answerOf(random: Random, dialect: Dialect, logged: Logged, mechanism: Mechanism): Answer {
  const isLine = logged === "tech" && (mechanism === "comms" || mechanism === "line")
  const name = isLine ? "line" : logged
  const choices: readonly [Choice, ...Choice[]] = dialect[name]
  let rest = random.unit() * choices.reduce((sum, [, , weight]) => sum + weight, 0)
  const [codeSystem, code] = choices.find(([, , weight]) => (rest -= weight) < 0) ?? choices[0]
  const isOwn = atTerminal.includes(name)
  return { codeSystem, code, outcome: isOwn ? "failed" : "declined", hostReached: !isOwn }
}
