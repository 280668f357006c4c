import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound, redirect } from "next/navigation"
import { ImportScreen } from "@/components/imports/import-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { ImportId } from "@/lib/imports/schemas"
import { paths } from "@/lib/paths"

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
