"use client"

import { Alert } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Failure } from "@/lib/access/account/failure"
import { longestPassword, shortestPassword } from "@/lib/access/credentials/password-rules"

/** The error of a form. Screen readers read it when it appears. */
export function FailureAlert({ failure }: { failure: Failure | null }) {
  const t = useTranslations("access")
  return failure === null ? null : (
    <Alert color="red" role="alert">
      {t(failure, { shortest: shortestPassword, longest: longestPassword })}
    </Alert>
  )
}
