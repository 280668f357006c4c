import { useStoreName } from "@/components/ui/store-name"
import type { TerminalFacets } from "@/lib/fleet/terminals/schemas"

/** Stores to choose from. Those that share a name are told apart by their codes. */
export function useStoreChoices(stores: TerminalFacets["stores"] = []): { id: number; name: string }[] {
  const storeName = useStoreName()
  const times = new Map<string, number>()
  for (const { name } of stores) times.set(name, (times.get(name) ?? 0) + 1)
  return stores.map(({ id, name, code }) => ({
    id,
    name: (times.get(name) ?? 0) > 1 ? `${storeName(name)} · ${code}` : storeName(name),
  }))
}
