export type Lack = "permission" | "audit entry"
type Reason = { lacks: readonly Lack[]; why: string }

const asksNobody = (why: string): Reason => ({ lacks: ["permission"], why })
const leavesNoEntry = (why: string): Reason => ({ lacks: ["audit entry"], why })
const neither = (why: string): Reason => ({ lacks: ["permission", "audit entry"], why })

/** Files that write without a permission or an audit entry, and why. */
export const unaskedWrites: Record<string, Reason> = {
  "lib/access/account-links/forget-old-links.ts": neither("retention: deletes links by age"),
  "lib/access/account-links/mailed-links.ts": neither(
    "a job mails a link; the verb that made the link, or the visitor who forgot a password, had it added",
  ),
  "lib/access/account-links/set-password.ts": asksNobody("the link's token is the permission"),
  "lib/access/keys/find-key.ts": neither("notes when a key was last used"),
  "lib/access/organisation/create-organisation.ts": neither(
    "the first organisation: made before there is a user who could be asked, or a trail",
  ),
  "lib/access/sessions/forget-old-sessions.ts": neither("retention: deletes sessions by age"),
  "lib/access/sessions/session.ts": neither("a session begins and ends: the session's row says so itself"),
  "lib/access/sessions/user-of-cookie.ts": neither("notes when a session was last used"),
  "lib/access/sign-in/auth-options.ts": asksNobody("signing in: the password and the code are asked for"),
  "lib/access/sign-on/provider.ts": asksNobody("signing in: the provider says who it is"),
  "lib/base/limits/delete-expired-limits.ts": neither("limits: deletes counters whose time is over"),
  "lib/fleet/code-packs/load-packs.ts": neither("brings the packs of this version in when it is installed"),
  "lib/insight/flags/detect.ts": neither("detection: the worker opens and closes flags, which say why"),
  "lib/intake/adapters/record-vendor.ts": leavesNoEntry("ingest: each of its batches is a row of its own"),
  "lib/intake/heartbeats/record-heartbeats.ts": leavesNoEntry(
    "ingest: each of its batches is a row of its own",
  ),
  "lib/intake/imports/runs/keep-imports.ts": neither(
    "the worker takes up lost imports and deletes files by age",
  ),
  "lib/intake/imports/runs/run-import.ts": neither(
    "a job does what starting the import asked the permission for, and wrote down",
  ),
  "lib/intake/quarantine/delete-old-quarantine.ts": neither("retention: deletes rejected records by age"),
  "lib/intake/transactions/record-transactions.ts": leavesNoEntry(
    "ingest: each of its batches is a row of its own",
  ),
  "lib/rollups/fold/check-rollups.ts": neither("the server's command line repairs rollups by the raw rows"),
  "lib/rollups/fold/fold-once.ts": neither("fold: the worker turns raw rows into rollups"),
  "lib/rollups/fold/recount-store.ts": neither(
    "fold: a job counts a store's days anew; the change of the store is written down",
  ),
  "lib/rollups/retention/retain.ts": neither("retention: deletes rows by age"),
  "lib/run/simulation/demo-main.ts": neither("the demo's own fleet, before anybody can sign in"),
  "lib/run/worker/main.ts": neither("the worker notes when its loops last ran"),
}
