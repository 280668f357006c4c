import { useTranslations } from "next-intl"

/** Returns a function that names a kind of network, or repeats what a terminal sent if it has no name. */
export function useNetworkName(): (networkType: string) => string {
  const t = useTranslations("networks")
  return (networkType) => (t.has(networkType) ? t(networkType) : networkType)
}
