"use client"

import { Button } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState, type ReactNode } from "react"
import { FormDrawer } from "@/components/ui/form-drawer"
import { useGap, useLanguage } from "@/components/ui/use-language"
import { RequestFailed } from "@/lib/base/http/get-json"
import { textIn } from "@/lib/base/names/names"
import { catalogueKey, removeEntry, saveEntry, type Noun } from "@/lib/fleet/catalogue/queries"

type Props = {
  noun: Noun
  /** Null for a new entry. */ id: number | null
  title: string
  draft: object
  /** Why the entry cannot be saved yet. */
  notYet?: string | null
  onClose: () => void
  onRemoved?: () => void
  children: ReactNode
}

/** The form of one entry, in a drawer. */
export function EntryDrawer({
  noun,
  id,
  title,
  draft,
  notYet = null,
  onClose,
  onRemoved = onClose,
  children,
}: Props) {
  const t = useTranslations("catalogue")
  const language = useLanguage()
  const comma = useTranslations("common")("comma")
  const gap = useGap()
  const client = useQueryClient()
  const [isSure, setIsSure] = useState(false)
  const onSettled = () => client.invalidateQueries({ queryKey: catalogueKey })
  const save = useMutation({ mutationFn: () => saveEntry(noun, id, draft), onSuccess: onClose, onSettled })
  const remove = useMutation({
    mutationFn: (of: number) => removeEntry(noun, of),
    onSuccess: onRemoved,
    onSettled,
  })
  const failure = save.error ?? remove.error
  return (
    <FormDrawer
      title={textIn(language, title)}
      action={t("save")}
      isBusy={save.isPending}
      notYet={notYet}
      failure={failure && sentenceOf(failure, t, { comma, gap })}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      aside={
        id === null ? null : (
          <Button
            variant="subtle"
            color="red"
            loading={remove.isPending}
            onClick={() => (isSure ? remove.mutate(id) : setIsSure(true))}
          >
            {isSure ? t("removeSure") : t("remove")}
          </Button>
        )
      }
    >
      {children}
    </FormDrawer>
  )
}

function sentenceOf(
  failure: Error,
  t: ReturnType<typeof useTranslations<"catalogue">>,
  { comma, gap }: { comma: string; gap: string },
): string {
  if (!(failure instanceof RequestFailed)) return failure.message
  if (failure.status === 409) return failure.reason === "in_use" ? t("inUse") : t("taken")
  const sentences = failure.fields.flatMap((field) => (t.has(`wrong.${field}`) ? [t(`wrong.${field}`)] : []))
  if (sentences.length > 0) return sentences.join(gap)
  const labels = failure.fields.flatMap((field) => (t.has(field) ? [t(field)] : []))
  return labels.length > 0 ? t("check", { fields: labels.join(comma) }) : failure.message
}
