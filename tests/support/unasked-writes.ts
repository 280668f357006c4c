export type Lack = "permission" | "audit entry" | "note of the change"
type Reason = { lacks: readonly Lack[]; why: string }

const asksNobody = (why: string): Reason => ({ lacks: ["permission"], why })
const leavesNoEntry = (why: string): Reason => ({ lacks: ["audit entry"], why })
const neither = (why: string): Reason => ({ lacks: ["permission", "audit entry"], why })

const ingests = leavesNoEntry("ingest: each batch has its own row; an enrolled terminal is pending")
const notesNothing = (why: string): Reason => ({ lacks: ["note of the change"], why })

/** Files that write without a permission, an audit entry or a note of the change, with the reason. */
export const unaskedWrites: Record<string, Reason> = {
  "lib/access/account-links/delete-old-links.ts": neither("retention: deletes links by age"),
  "lib/access/account-links/mailed-links.ts": neither(
    "a job emails a link; the verb that made the link, or a user who forgot a password, added it",
  ),
  "lib/access/account-links/set-password.ts": asksNobody("the link's token grants access"),
  "lib/access/keys/find-key.ts": neither("stores when a key was last used"),
  "lib/access/organisation/create-organisation.ts": neither(
    "the first organisation: there is no user yet who could be asked",
  ),
  "lib/access/sessions/delete-old-sessions.ts": neither("retention: deletes sessions by age"),
  "lib/access/sessions/session.ts": neither("a session begins and ends: its own row records it"),
  "lib/access/sessions/user-of-cookie.ts": neither("stores when a session was last used"),
  "lib/access/sign-in/auth-options.ts": asksNobody("signing in: the password and the code are checked"),
  "lib/access/sign-on/provider.ts": asksNobody("signing in: the provider identifies the user"),
  "lib/base/db/distribute.ts": neither("somebody on the server's command line distributes the tables"),
  "lib/base/limits/delete-expired-limits.ts": neither("limits: deletes expired counters"),
  "lib/fleet/code-packs/load-packs.ts": neither("installs the code tables of this version"),
  "lib/fleet/stores/create-store.ts": notesNothing("no terminal is in a new store"),
  "lib/fleet/stores/delete-store.ts": notesNothing("no terminal was ever in the store"),
  "lib/insight/flags/keep-urgencies.ts": neither("an update of Tillwatch gives flags their new urgencies"),
  "lib/insight/flags/detect.ts": neither("detection: the worker opens and closes flags, which record why"),
  "lib/insight/verdicts/book-corrections.ts": neither(
    "detection: the rollups leave out failed reads that are the card's",
  ),
  "lib/insight/verdicts/learn-from-findings.ts": neither(
    "detection: a night learns from findings; each version is kept and shown",
  ),
  "lib/insight/verdicts/judge-failed-sales.ts": neither(
    "detection: the worker judges failed sales, which record why",
  ),
  "lib/insight/standings/check-standings.ts": neither(
    "a command: ranks terminals again that are wrong or missing",
  ),
  "lib/insight/night-sums/night-sums.ts": neither("detection: the nights note what they have counted"),
  "lib/insight/nights/settle-hours.ts": neither(
    "detection: the hours open flags, and open and close incidents",
  ),
  "lib/insight/nights/settle-all.ts": neither("detection: the nights open and close flags and incidents"),
  "lib/insight/sensitivity/tighten-rules.ts": asksNobody(
    "detection: a night makes a rule stricter by what was found, and its audit entry says so",
  ),
  "lib/insight/trends/settle-trends.ts": neither("detection: the worker keeps weeks and trends"),
  "lib/insight/nights/settle-wear.ts": neither("detection: the worker keeps weeks and lives up to date"),
  "lib/outlook/reports/freeze-reports.ts": neither("the worker freezes the reports of weeks that are over"),
  "lib/insight/standings/settle-standings.ts": neither("detection: the worker keeps ranks up to date"),
  "lib/insight/rollouts/keep-courses.ts": neither("the worker works out what a screen shows"),
  "lib/insight/availability/settle-days.ts": neither("the worker books the lost hours of each day"),
  "lib/insight/flags/weigh-stakes.ts": neither("the worker works out what open flags cost"),
  "lib/insight/silence/learn-weeks.ts": neither("the worker learns when terminals send heartbeats"),
  "lib/insight/silence/settle-states.ts": neither("detection: the worker keeps online states up to date"),
  "lib/intake/adapters/record-vendor.ts": leavesNoEntry("ingest: each batch has its own row"),
  "lib/intake/heartbeats/record-heartbeats.ts": ingests,
  "lib/intake/imports/runs/keep-imports.ts": neither(
    "the worker takes up lost imports and deletes files by age",
  ),
  "lib/intake/imports/runs/run-import.ts": neither(
    "a job continues what starting the import asked for and audited",
  ),
  "lib/intake/quarantine/delete-old-quarantine.ts": neither("retention: deletes rejected records by age"),
  "lib/intake/transactions/record-transactions.ts": ingests,
  "lib/rollups/fold/check-rollups.ts": neither(
    "somebody on the server's command line repairs rollups from raw rows",
  ),
  "lib/outlook/data-quality/keep-counts.ts": neither("the worker counts what a screen shows"),
  "lib/outlook/league/keep-leagues.ts": neither("the worker works out what a screen shows"),
  "lib/rollups/fold/fill-places.ts": neither("migration: sums days that an earlier version did not have"),
  "lib/rollups/fold/fold-once.ts": neither("fold: the worker turns raw rows into rollups"),
  "lib/rollups/fold/recount-store.ts": neither(
    "fold: a job recounts a store's days; the change of the store has an audit entry",
  ),
  "lib/rollups/lost/check-lost.ts": neither(
    "somebody on the server's command line repairs lost sales from verdicts",
  ),
  "lib/rollups/speeds/keep-speeds.ts": neither("detection: a night keeps how long sales took"),
  "lib/rollups/fold/share-segments.ts": neither(
    "somebody on the server's command line distributes the tables",
  ),
  "lib/rollups/merge/move-records.ts": neither(
    "a job moves the records of a merged terminal; the merge has audit entries",
  ),
  "lib/rollups/retention/retain.ts": neither("retention: deletes rows by age"),
  "lib/run/evaluation/folder/evaluate-folder.ts": neither(
    "somebody on the command line plays a folder into a database that is empty",
  ),
  "lib/run/demo/main.ts": neither("the demo's own fleet, before anybody can sign in"),
  "lib/run/worker/main.ts": neither("the worker stores when its loops last ran"),
}
