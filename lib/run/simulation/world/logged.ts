import type { Random } from "@/lib/run/simulation/random"
import type { Parameters } from "@/lib/run/simulation/world/parameters"

/** As what a failure is logged. The last three are kinds of tech, user and issuer. */
export const loggedKinds = [
  "issuer",
  "user",
  "tech",
  "chip",
  "contactless",
  "magstripe",
  "keys",
  "pin",
  "expired",
] as const
export type Logged = (typeof loggedKinds)[number]

/** Why a sale really failed. */
export const mechanisms = [
  "decline",
  "user",
  "host",
  "line",
  "outage",
  "comms",
  "reader",
  "release",
  "hand",
  "bad card",
  "keys",
  "pinpad",
  "clock",
  "testing",
] as const
export type Mechanism = (typeof mechanisms)[number]

export const causeOf = {
  decline: "card",
  user: "operator",
  host: "system",
  line: "system",
  outage: "system",
  comms: "device",
  reader: "device",
  release: "system",
  hand: "operator",
  "bad card": "card",
  keys: "system",
  pinpad: "device",
  clock: "device",
  testing: "card",
} as const satisfies Record<Mechanism, string>

const expiredShare = 0.05
const wrongPinShare = 0.6

const readOf = ["contactless", "chip", "magstripe", "user"] as const

/** A failure is not always logged as what it is. */
export function loggedAs(
  random: Random,
  mechanism: Mechanism,
  entry: number,
  { logging }: Parameters,
): Logged {
  const read = readOf[entry] ?? "user"
  switch (mechanism) {
    case "decline":
      return random.fraction() < expiredShare ? "expired" : "issuer"
    case "testing":
      return "issuer"
    case "user":
      return random.fraction() < wrongPinShare ? "pin" : "user"
    case "host":
      return "tech"
    case "keys":
      return "keys"
    case "pinpad":
      return "pin"
    case "clock":
      return "expired"
    case "line":
    case "comms":
      return random.fraction() < logging.communication ? "tech" : "issuer"
    case "outage":
      return random.fraction() < logging.outage ? "tech" : "issuer"
    case "hand":
      return random.fraction() < logging.operator ? "user" : read
    case "reader":
    case "release":
    case "bad card": {
      const at = random.fraction()
      if (at < logging.reads) return read
      return at < (1 + logging.reads) / 2 ? "user" : "issuer"
    }
  }
}
