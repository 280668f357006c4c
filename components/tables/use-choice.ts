"use client"

import { useLocalStorage } from "@mantine/hooks"
import { useReader } from "@/components/ui/reader"

export type Density = "comfortable" | "compact"
/** A user's choice of columns and density. */
export type Choice = { hidden: readonly string[]; density: Density }

const asMade: Choice = { hidden: [], density: "comfortable" }

/** Checks what is stored, which an older version or the user may have written. */
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

/** The user's choice of columns and density of a list, stored in this browser. */
export function useChoice(list: string) {
  const [choice, setChoice] = useLocalStorage<Choice>({
    key: `tillwatch.list.${list}.${useReader()}`,
    defaultValue: asMade,
    deserialize: choiceOf,
  })
  return { choice, setChoice }
}
