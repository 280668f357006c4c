"use client"

import { useLocalStorage } from "@mantine/hooks"
import { useReader } from "@/components/ui/reader"

export type Density = "comfortable" | "compact"
/** How somebody wants to see a list. */
export type Choice = { hidden: readonly string[]; density: Density }

const asMade: Choice = { hidden: [], density: "comfortable" }

/** What was written down before, or by hand, may be anything. */
export function choiceOf(text: string | undefined): Choice {
  try {
    const { hidden, density } = JSON.parse(text ?? "") as { hidden?: unknown; density?: unknown }
    return {
      hidden: Array.isArray(hidden) ? hidden.filter((id) => typeof id === "string") : [],
      density: density === "compact" ? density : "comfortable",
    }
  } catch {
    return asMade
  }
}

/** A list's columns and density as the reader chose them, kept in this browser. */
export function useChoice(list: string) {
  const [choice, setChoice] = useLocalStorage<Choice>({
    key: `tillwatch.list.${list}.${useReader()}`,
    defaultValue: asMade,
    deserialize: choiceOf,
  })
  return { choice, setChoice }
}
