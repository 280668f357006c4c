import { isIPv6 } from "node:net"

/**
 * Whom an address stands for: itself, or with IPv6 its first 64 bits, because whoever has one such address
 * has as many more as they like.
 */
export function networkOf(address: string | null): string {
  if (address === null || !isIPv6(address)) return address ?? "unknown"
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? []
  const before = head === "" ? [] : head.split(":")
  const after = tail === undefined || tail === "" ? [] : tail.split(":")
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0")
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`
}
