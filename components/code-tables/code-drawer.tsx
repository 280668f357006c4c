"use client"

import { Alert, Anchor, Button, Skeleton, Text } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useState } from "react"
import { CodeFields, type CodeDraft } from "@/components/code-tables/code-fields"
import { CodeHistory } from "@/components/code-tables/code-history"
import { Suggestion } from "@/components/code-tables/suggestion"
import { ErrorState } from "@/components/ui/error-state"
import { FormDrawer } from "@/components/ui/form-drawer"
import { SideDrawer } from "@/components/ui/side-drawer"
import { TimeAgo } from "@/components/ui/time-ago"
import { useMissing } from "@/components/ui/use-missing"
import { paths } from "@/lib/base/paths"
import { codeOptions, forgetCode, mapCodes } from "@/lib/fleet/code-packs/queries"
import type { CodeDetail } from "@/lib/fleet/code-packs/schemas"

type Props = { codeSystem: string; code: string; mayWrite: boolean; onClose: () => void }

/** What a code means, its history, and the form that changes it. */
export function CodeDrawer({ codeSystem, code, mayWrite, onClose }: Props) {
  const t = useTranslations("codeTables")
  const detail = useQuery(codeOptions(codeSystem, code))
  const title = t("editTitle", { code, codeSystem })
  if (!detail.data)
    return (
      <SideDrawer title={title} onClose={onClose}>
        {detail.isError ? <ErrorState onRetry={() => void detail.refetch()} /> : <Skeleton height={400} />}
      </SideDrawer>
    )
  if (!mayWrite)
    return (
      <SideDrawer title={title} onClose={onClose}>
        <CodeFields draft={detail.data.now ?? {}} isReadOnly onChange={() => undefined} />
        <CodeHistory changes={detail.data.history} />
      </SideDrawer>
    )
  return <CodeForm title={title} detail={detail.data} onClose={onClose} />
}

function CodeForm({ title, detail, onClose }: { title: string; detail: CodeDetail; onClose: () => void }) {
  const t = useTranslations("codeTables")
  const missing = useMissing()
  const client = useQueryClient()
  const { codeSystem, code, now, isOwn, hasShipped, history, suggestion, example } = detail
  const [draft, setDraft] = useState<CodeDraft>(now ?? {})
  const done = async () => {
    await client.invalidateQueries()
    onClose()
  }
  const save = useMutation({ mutationFn: () => mapCodes(codeSystem, [{ code, ...draft }]), onSuccess: done })
  const forget = useMutation({ mutationFn: () => forgetCode(codeSystem, code), onSuccess: done })
  return (
    <FormDrawer
      title={title}
      action={t("save")}
      isBusy={save.isPending || forget.isPending}
      notYet={missing([draft.cause === undefined && t("words.cause")])}
      failure={(save.error ?? forget.error)?.message ?? null}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      aside={
        isOwn ? (
          <Button variant="subtle" onClick={() => forget.mutate()}>
            {t(hasShipped ? "forget" : "remove")}
          </Button>
        ) : null
      }
    >
      {now === null ? <Suggestion suggestion={suggestion} onUse={setDraft} /> : null}
      {example ? (
        <Text size="sm">
          {t.rich("example", {
            time: () => <TimeAgo at={example.at} />,
            terminal: () => (
              <Anchor component={Link} size="sm" href={paths.terminal(example.terminalId)}>
                {example.serial}
              </Anchor>
            ),
          })}
        </Text>
      ) : null}
      <CodeFields draft={draft} isReadOnly={false} onChange={(some) => setDraft({ ...draft, ...some })} />
      <Alert color="gray">{t("recount")}</Alert>
      <CodeHistory changes={history} />
    </FormDrawer>
  )
}
