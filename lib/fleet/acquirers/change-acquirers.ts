import { oneByOne } from "@/lib/base/db/one-by-one"
import { findAcquirer } from "@/lib/fleet/acquirers/list-acquirers"
import type { Acquirer, AcquirerDraft } from "@/lib/fleet/acquirers/schemas"
import { acquirerIsSold, deleteAcquirer, insertAcquirer, updateAcquirer } from "@/lib/fleet/acquirers/sql"
import { catalogueVerbs } from "@/lib/fleet/catalogue/catalogue-verbs"

export const {
  add: addAcquirer,
  change: changeAcquirer,
  remove: removeAcquirer,
} = catalogueVerbs<AcquirerDraft, Acquirer>({
  kind: "acquirer",
  nameOf: ({ name }) => name,
  references: ({ codeSystem }) => ({ codeSystem }),
  find: findAcquirer,
  insert: insertAcquirer,
  update: updateAcquirer,
  remove: async (db, id) => {
    await oneByOne(db)
    return (await acquirerIsSold(db, id)).length > 0 ? [] : deleteAcquirer(db, id)
  },
})
