import type { Acquirer, AcquirerDraft } from "@/lib/acquirers/schemas"
import { acquirers, deleteAcquirer, insertAcquirer, updateAcquirer } from "@/lib/acquirers/sql"
import { keeperOf } from "@/lib/catalogue/keeper"

export const {
  add: addAcquirer,
  change: changeAcquirer,
  remove: removeAcquirer,
} = keeperOf<AcquirerDraft, Acquirer>({
  kind: "acquirer",
  nameOf: ({ name }) => name,
  references: ({ codeSystem }) => ({ codeSystem }),
  find: acquirers,
  insert: insertAcquirer,
  update: updateAcquirer,
  remove: deleteAcquirer,
})
