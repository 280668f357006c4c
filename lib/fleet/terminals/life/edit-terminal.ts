import type { Actor } from "@/lib/access/actor/actor"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { AppError } from "@/lib/base/errors"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { changedLabels } from "@/lib/fleet/terminals/labels"
import { modelOrThrow } from "@/lib/fleet/terminals/life/add-terminal"
import { inTerminalChange } from "@/lib/fleet/terminals/life/change-terminals"
import type { TerminalPatch } from "@/lib/fleet/terminals/life/life-schemas"
import {
  editedFields,
  lockTerminals,
  setCodeSystem,
  setLabels,
  setModel,
} from "@/lib/fleet/terminals/life/life-sql"
import { changePurchase } from "@/lib/fleet/terminals/purchase/change-purchases"

/** Changes the fields without history: labels, model, code system, purchase. Missing fields stay. */
export function editTerminal({
  actor,
  terminalId,
  patch: { labels, model, codeSystem, ...purchase },
}: {
  actor: Actor
  terminalId: number
  patch: TerminalPatch
}): Promise<{ changed: number }> {
  return inTerminalChange(actor, async (db) => {
    const [terminal] = await lockTerminals(db, { ids: [terminalId], stores: actor.stores })
    const [fields] = await editedFields(db, terminalId)
    if (!terminal || !fields) throw new AppError("not_found", "This terminal does not exist.")
    const before = { ...fields, labels: terminal.labels }
    const after = {
      model: model === undefined ? before.model : await modelOrThrow(db, model),
      codeSystem: codeSystem === undefined ? before.codeSystem : codeSystem,
      labels: labels === undefined ? before.labels : changedLabels([], { add: labels, remove: [] }),
    }
    if (model !== undefined) await setModel(db, terminalId, model)
    if (after.model !== before.model) await noteTerminals(db, [terminalId])
    if (codeSystem !== undefined) await setCodeSystem(db, terminalId, codeSystem)
    if (labels !== undefined) await setLabels(db, [terminalId], after.labels)
    const bought = await changePurchase(db, terminal, purchase)
    const changed = changedFields({ ...before, ...bought.before }, { ...after, ...bought.after })
    if (changed)
      await recordAudit(db, actor, [
        {
          action: "terminal.changed",
          subject: { kind: "terminal", id: terminalId, name: terminal.serial },
          ...changed,
        },
      ])
    return { changed: changed ? 1 : 0 }
  })
}
