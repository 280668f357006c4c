"use client"

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { EmptyList } from "@/components/ui/empty-list"
import { useStored } from "@/components/ui/use-stored"
import { ActOnUser, type UserAction } from "@/components/users/user-actions"
import { userColumns } from "@/components/users/user-columns"
import { userView } from "@/components/users/view"
import { userListOptions } from "@/lib/access/users/queries"
import type { User } from "@/lib/access/users/schemas"
import { given } from "@/lib/base/http/given"
import { readWhole } from "@/lib/base/pages/read-whole"

const idOf = ({ id }: User) => id
const nameOf = ({ email }: User) => email

/** The users who match the search, with their actions. */
export function UserList({ onAction }: { onAction: (user: User, action: UserAction) => void }) {
  const t = useTranslations("users")
  const client = useQueryClient()
  const [view, setView] = useQueryStates(userView)
  const { q, cursor } = view
  const list = useQuery(userListOptions(given(view)))
  const stored = useStored(userListOptions(given(view)))
  const readRows = () =>
    readWhole((at) => client.fetchQuery(userListOptions({ ...given({ q, cursor: at }), limit: 200 })))
  return (
    <ActOnUser value={(user, action) => onAction(stored(user), action)}>
      <DataTable
        name="users"
        label={t("title")}
        columns={userColumns}
        title={(id) => t(`columns.${id}`)}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        readRows={readRows}
        empty={
          <EmptyList
            isFiltered={q !== null}
            noMatch={t("none")}
            none={t("none")}
            onClear={() => void setView(null)}
          />
        }
        pager={<Pager page={list.data} cursor={cursor} onMove={(to) => void setView({ cursor: to })} />}
        minWidth={860}
      />
    </ActOnUser>
  )
}
