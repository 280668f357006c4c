import type { Acquirer, AcquirerDraft } from "@/lib/fleet/acquirers/schemas"
import { acquirers, deleteAcquirer, insertAcquirer, updateAcquirer } from "@/lib/fleet/acquirers/sql"
import { catalogueVerbs } from "@/lib/fleet/catalogue/catalogue-verbs"

export const {
  add: addAcquirer,
  change: changeAcquirer,
  remove: removeAcquirer,
} = catalogueVerbs<AcquirerDraft, Acquirer>({
  kind: "acquirer",
  nameOf: ({ name }) => name,
  references: ({ codeSystem }) => ({ codeSystem }),
  find: acquirers,
  insert: insertAcquirer,
  update: updateAcquirer,
  remove: deleteAcquirer,
})
