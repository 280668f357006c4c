"use client"

import { Button } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { changeHelpLinks } from "@/lib/fleet/terminals/life/life-queries"

/** Makes help links for the terminals on a sheet that have none, and shows the labels again. */
export function MakeHelpLinks({ ids }: { ids: number[] }) {
  const t = useTranslations("labelSheet")
  const router = useRouter()
  const making = useMutation({
    mutationFn: () => changeHelpLinks(ids, "make"),
    onSuccess: () => router.refresh(),
  })
  return (
    <Button size="xs" variant="light" loading={making.isPending} onClick={() => making.mutate()}>
      {t("makeLinks", { count: ids.length })}
    </Button>
  )
}
