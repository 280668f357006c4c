"use client"

import { HydrationBoundary, type DehydratedState } from "@tanstack/react-query"
import { useMemo, type ReactNode } from "react"
import { useLanguage } from "@/components/ui/use-language"
import { namesIn } from "@/lib/base/names/names"

/** A screen with the server's data, whose names are in the reader's language. */
export function Hydrated({ state, children }: { state: DehydratedState; children: ReactNode }) {
  const language = useLanguage()
  const shown = useMemo(() => namesIn(language, state), [language, state])
  return <HydrationBoundary state={shown}>{children}</HydrationBoundary>
}
