import type { Metadata } from "next"
import { notFound, redirect } from "next/navigation"
import { cache } from "react"
import { ImportScreen } from "@/components/imports/import-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"
import { getImport } from "@/lib/intake/imports/runs/get-import"
import { importOptions } from "@/lib/intake/imports/runs/queries"
import { ImportId } from "@/lib/intake/imports/runs/schemas"

type Props = { params: Promise<{ id: string }> }

/** Reads the import once for title and page. */
const read = cache(async (id: string) => {
  const known = ImportId.safeParse({ id })
  if (!known.success) notFound()
  const actor = await requireActor("imports:read")
  if (!may(actor, "imports:write")) redirect(paths.imports)
  const run = await getImport({ actor, importId: known.data.id }).catch(orNotFound)
  return { run }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { run } = await read((await params).id)
  return { title: run.fileName }
}

export default async function ImportPage({ params }: Props) {
  const { run } = await read((await params).id)
  return (
    <Seeded seeds={[seed(importOptions(run.id), () => Promise.resolve(run))]}>
      <ImportScreen id={run.id} />
    </Seeded>
  )
}
