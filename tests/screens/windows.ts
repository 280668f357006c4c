/**
 * A part of a page that has no address: a drawer, dialog or menu. `press` names what opens it, one after
 * the other: messages that are the names of buttons (with … at the end: how they begin), @row for the first
 * name of a list, @branch for its first part to unfold, @checkbox for its first checkbox, @option for the
 * first one of a window, @password and @text for fields to fill, @fewer for a smaller first number, @offline
 * for a server that cannot be reached, @alert to wait for what is said then.
 */
type Opened = { name: string; press: string[] }

const actionsOfTerminal = ["swap", "move", "tid", "in_repair", "retired", "edit", "purchase"]
const stepsOfFlag = ["acknowledge", "assign", "snooze", "comment", "try", "find"]

const one = (name: string, ...press: string[]): Opened => ({ name, press })

/** By the template of their page. */
export const windows: Record<string, Opened[]> = {
  // On phones.
  "/": [one("navigation", "shell.navigation")],
  "/terminals": [
    one("view", "list.view"),
    one("export", "export.export"),
    one("add", "terminals.add"),
    one("selected", "@checkbox"),
    one("actions", "@checkbox", "life.actions"),
    one("move", "@checkbox", "life.actions", "life.action.move"),
    one("labels", "@checkbox", "life.actions", "life.action.labels"),
  ],
  "/terminals/[id]": [
    one("actions", "life.actions"),
    ...actionsOfTerminal.map((action) => one(action, "life.actions", `life.action.${action}`)),
    one("help-link", "life.actions", "helpLink.title"),
    one("flag-history", "handling.history"),
  ],
  "/inventory/places": [
    one("new-merchant", "places.newMerchant"),
    one("new-store", "places.newStore"),
    one("branch", "@branch"),
    one("new-region", "@branch", "places.newRegion"),
    one("change-merchant", "@branch", "places.changeMerchant"),
    one("delete-merchant", "@branch", "places.delete"),
  ],
  "/inventory/stores/[id]": [
    one("change", "places.changeStore"),
    one("hours", "places.changeHours"),
    one("actions", "places.actions"),
    one("close", "places.actions", "places.closeForGood"),
  ],
  "/inventory/models": [one("new", "catalogue.newModel")],
  "/inventory/models/[id]": [
    one("edit", "catalogue.edit"),
    one("new-approval", "catalogue.newApproval"),
    one("approval", "@row"),
    one("adopt", "catalogue.proposals", "catalogue.adoptNamed"),
  ],
  "/inventory/suppliers": [one("new", "catalogue.newSupplier"), one("edit", "@row")],
  "/inventory/acquirers": [one("new", "catalogue.newAcquirer"), one("edit", "@row")],
  "/inventory/releases": [
    one("new", "catalogue.newRelease"),
    one("new-policy", "catalogue.newPolicy"),
    one("add", "catalogue.addNamed"),
    one("edit", "@row"),
  ],
  "/inventory/code-tables": [
    one("upload", "codeTables.upload"),
    one("all-words", "codeTables.allWords"),
    one("map", "codeTables.mapOne"),
  ],
  "/inventory/code-tables?system=unionpay": [one("code", "@row")],
  "/failures": [one("dates", "failures.dates.choose")],
  "/failures?show=sales": [one("sale", "@row")],
  "/failures/trainings": [one("new", "trainings.record"), one("remove", "@row")],
  "/flags": [
    one("selected", "@checkbox"),
    ...stepsOfFlag.map((step) => one(step, "@checkbox", `handling.steps.${step}`)),
    one("history", "handling.history"),
    one("history-offline", "@offline", "handling.history", "@alert"),
  ],
  "/flags/rules": [one("rules", "handling.showRules")],
  "/flags/maintenance": [one("new", "maintenance.add"), one("change", "@row")],
  "/incidents/plans": [one("edit", "incidents.plan.edit")],
  "/quarantine": [one("record", "@row"), one("discard", "quarantine.discard.confirm…")],
  "/quarantine?code=clock_wrong": [one("edit", "@row", "quarantine.edit.open")],
  "/quarantine?view=terminals&code=clock_wrong": [
    one("terminal", "@row"),
    one("clock", "@row", "quarantine.clockOfTerminal.open"),
  ],
  "/terminals?alike=true": [one("merge", "@row", "terminal.merge")],
  "/imports/[id]": [one("save-profile", "imports.save")],
  "/settings/organisation": [one("retention", "@fewer", "organisation.save")],
  "/settings/account": [
    one("password", "account.begin"),
    one("two-step", "account.begin", "@password", "account.begin"),
  ],
  "/settings/users": [
    one("invite", "users.invite"),
    one("change", "users.change"),
    one("actions", "users.actions"),
    one("reset-link", "users.actions", "users.resetLink"),
    one("end-sessions", "users.actions", "users.endSessions"),
    one("disable", "users.actions", "users.disable"),
  ],
  "/settings/keys": [
    one("new", "keys.new"),
    one("made", "keys.new", "@text", "@option", "keys.create"),
    one("change", "keys.change"),
    one("rotate", "keys.rotate"),
    one("revoke", "keys.revoke"),
  ],
  "/settings/audit": [one("export", "audit.export")],
  "/settings/sign-on": [one("new", "signOn.add")],
}

/** Parts of pages that have an address of their own, beside those of the end-to-end tests. */
export const moreViews = [
  "/nowhere",
  "/terminals?state=offline",
  "/terminals?q=nothing-has-this-name",
  "/terminals?alike=true",
  "/inventory/code-tables?system=unionpay",
  "/inventory/league?by=supplier",
  "/inventory/league?by=model",
  "/inventory/releases?by=region",
  "/flags?status=closed",
  "/flags/maintenance?state=past",
  "/incidents?state=closed",
  "/failures/parties?by=operator&speed=acquirer",
  "/quarantine?code=clock_wrong",
  "/quarantine?view=terminals",
  "/quarantine?view=terminals&code=clock_wrong",
  "/quarantine?state=discarded",
]
