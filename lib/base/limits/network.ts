import ipaddr from "ipaddr.js"

/**
 * Whom an address stands for: itself, or with IPv6 its first 64 bits, because whoever has one such address
 * has as many more as they like.
 */
export function networkOf(address: string | null): string {
  if (address === null || !ipaddr.IPv6.isValid(address)) return address ?? "unknown"
  const groups = ipaddr.IPv6.parse(address).parts.slice(0, 4)
  return `${groups.map((group) => group.toString(16)).join(":")}::/64`
}
