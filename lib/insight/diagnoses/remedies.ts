import type { Cause } from "@/lib/fleet/code-packs/cause"
import { remedies } from "@/lib/fleet/code-packs/cause"
import { isRead, type FailureKind } from "@/lib/insight/verdicts/kind"

export type Remedy = (typeof remedies)[number]

/** Ways to pay that are left, the nearest first. */
export const otherWays = ["contactless", "chip", "other_card", "other_terminal", "qr", "cash"] as const
export type OtherWay = (typeof otherWays)[number]

/** What may help is tried before what takes long. */
const inOrder: readonly Remedy[] = [
  "security_patch",
  "wait_retry",
  "correct_operation",
  "check_card",
  "clean",
  "resign_in",
  "check_comms",
  "contact_issuer",
  "update_software",
  "contact_acquirer",
  "repair_replace",
  "train_staff",
]

/** Which remedies fit a cause. */
const fitting: Record<Cause, readonly Remedy[]> = {
  device: ["clean", "resign_in", "check_comms", "repair_replace", "update_software", "security_patch"],
  card: ["check_card", "contact_issuer"],
  operator: ["correct_operation", "train_staff", "resign_in"],
  system: ["wait_retry", "resign_in", "check_comms", "update_software", "contact_acquirer", "security_patch"],
  unknown: inOrder,
}

/** What a cause asks for where the code names nothing that fits. */
function usual(cause: Cause, kind: FailureKind): readonly Remedy[] {
  switch (cause) {
    case "device":
      if (isRead(kind)) return ["clean", "repair_replace"]
      if (kind === "line" || kind === "host") return ["check_comms", "repair_replace"]
      return kind === "keys" || kind === "pin" ? ["resign_in", "repair_replace"] : ["repair_replace"]
    case "card":
      return ["check_card", "contact_issuer"]
    case "operator":
      return ["correct_operation", "train_staff"]
    case "system":
      if (kind === "keys" || kind === "setup") return ["resign_in", "contact_acquirer"]
      return ["wait_retry", "contact_acquirer"]
    case "unknown":
      return ["none"]
  }
}

const isRemedy = (word: string): word is Remedy => remedies.some((one) => one === word)

/** Evidence of what fails in many stores. */
const wideCodes = ["release_often", "acquirer_minutes", "issuer_minutes", "issuer_often"]

type Asked = {
  cause: Cause
  kind: FailureKind
  /** The remedies that the code table names. */
  ofCode: string
  /** The strongest first. */
  evidence?: readonly { code: string }[]
}

/**
 * What to do about a failed sale, in order: what the code names and fits the cause, else what is usual. What
 * a bad release does, only another release mends.
 */
export function remediesOf({ cause, kind, ofCode, evidence = [] }: Asked): Remedy[] {
  const wide = evidence.find(({ code }) => wideCodes.includes(code))
  if (cause === "system" && wide?.code === "release_often") return ["update_software"]
  const named = ofCode.split(" ").filter(isRemedy)
  const fits = named.filter((one) => fitting[cause].includes(one))
  const all = fits.length > 0 ? fits : usual(cause, kind)
  return all.toSorted((a, b) => inOrder.indexOf(a) - inOrder.indexOf(b))
}

/** How the customer can pay all the same. */
export function otherWaysOf({ cause, kind }: Pick<Asked, "cause" | "kind">): OtherWay[] {
  if (cause === "system" && kind !== "issuer" && kind !== "keys" && kind !== "setup") return ["qr", "cash"]
  const instead: OtherWay[] = kind === "chip" ? ["contactless"] : isRead(kind) ? ["chip"] : []
  if (cause === "card") return [...instead, "other_card", "qr", "cash"]
  if (cause === "operator") return [...instead, "qr", "cash"]
  return cause === "system" && kind === "issuer"
    ? ["other_card", "qr", "cash"]
    : [...instead, "other_terminal", "qr", "cash"]
}
