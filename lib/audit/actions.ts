/** All that the trail tells of; each has its words in both languages. */
export const actions = [
  "codePack.uploaded",
  "import.uploaded", "import.started", "import.resumed", "import.cancelled",
  "importProfile.saved",
  "key.created", "key.changed", "key.rotated", "key.revoked",
  "mapping.added", "mapping.changed", "mapping.removed",
  "organisation.changed",
  "password.changed",
  "quarantine.replayed", "quarantine.corrected", "quarantine.discarded", "quarantine.restored",
  "recovery_code.used", "recovery_codes.renewed",
  "second_step.begun", "second_step.turned_on", "second_step.turned_off",
  "session.ended", "sessions.ended",
  "terminal.added", "terminal.changed", "terminal.enrolled",
  "user.invited", "user.invited_again", "user.invitation_accepted", "user.reset_link_made", "user.password_reset", "user.renamed", "user.changed",
  "user.disabled", "user.enabled", "user.sessions_ended", "user.second_factor_removed", "user.arrived", "user.linked", "user.refused",
] as const
export type Action = (typeof actions)[number]
