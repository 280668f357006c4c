import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound, redirect } from "next/navigation"
import { ImportScreen } from "@/components/imports/import-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"
import { ImportId } from "@/lib/intake/imports/runs/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("imports"))("title"),
})

export default async function ImportPage({ params }: { params: Promise<{ id: string }> }) {
  const known = ImportId.safeParse(await params)
  if (!known.success) notFound()
  const actor = await requireActor(paths.import(known.data.id), "imports:read")
  if (!may(actor, "imports:write")) redirect(paths.imports)
  return <ImportScreen id={known.data.id} />
}
