import type { NamedReach, Reach } from "@/lib/access/actor/schemas"

type Translate = (key: "all" | "none" | "comma" | "more", values?: Record<string, string | number>) => string

const mostNamed = 3

/** A reach as text: all stores, none, or the names of the first places. */
export function describeReach(reach: NamedReach, t: Translate): string {
  if (reach === null) return t("all")
  const names = [...reach.merchants, ...reach.regions, ...reach.stores].map(({ name }) => name)
  if (names.length === 0) return t("none")
  const shown = names.slice(0, mostNamed).join(t("comma"))
  return names.length > mostNamed ? t("more", { names: shown, count: names.length - mostNamed }) : shown
}

/** A reach as the API takes it. */
export function idsOf(reach: NamedReach): Reach {
  const ids = (places: { id: number }[]) => places.map(({ id }) => id)
  return reach && { merchants: ids(reach.merchants), regions: ids(reach.regions), stores: ids(reach.stores) }
}
