import { oneByOne } from "@/lib/base/db/one-by-one"
import type { Acquirer, AcquirerDraft } from "@/lib/fleet/acquirers/schemas"
import {
  acquirerIsSold,
  acquirers,
  deleteAcquirer,
  insertAcquirer,
  updateAcquirer,
} from "@/lib/fleet/acquirers/sql"
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
  remove: async (db, id) => {
    await oneByOne(db)
    return (await acquirerIsSold(db, id)).length > 0 ? [] : deleteAcquirer(db, id)
  },
})
