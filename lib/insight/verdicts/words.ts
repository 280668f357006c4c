/** What can be said for or against causes. The words are messages; the weights are in likelihoods.ts. */
export const evidenceCodes = [
  "terminal_often",
  "reader_counters",
  "operator_often",
  "store_line",
  "store_often",
  "issuer_minutes",
  "issuer_often",
  "acquirer_minutes",
  "release_often",
  "spill_terminal",
  "spill_issuer",
  "spill_store",
  "card_fails_elsewhere",
  "card_works_elsewhere",
  "card_worked_before",
  "card_works_here",
  "retry_worked",
  "retry_failed",
  "neighbours_work",
  "not_sent",
  "sent",
  "reader_not_ok",
  "pinpad_not_ok",
  "security_not_ok",
  "host_unreachable",
  "keys_loaded",
  "signed_in_just_now",
  "power_lost",
  "tampered",
  "release_installed",
  "clock_wrong",
  "tvr_pinpad",
  "tvr_pin_missing",
  "tvr_card_data",
  "tvr_expired",
  "reversal_device",
  "reversal_undelivered",
  "other_readers_work",
  "many_cards_keyed",
  "others_work",
  "told_another_works",
  "told_another_fails",
  "told_works_elsewhere",
  "told_fails_elsewhere",
] as const
/** `component:version` as people write it. */
const versionOf = (release: string): string => release.slice(release.indexOf(":") + 1)

/** The numbers and names of a piece of evidence, for its sentence. */
export const numbersOf = (evidence: object): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(evidence)
      .filter(
        (entry): entry is [string, string | number] =>
          typeof entry[1] === "string" || typeof entry[1] === "number",
      )
      .map(([name, value]) => [name, name === "release" ? versionOf(String(value)) : value]),
  )
