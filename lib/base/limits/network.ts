import ipaddr from "ipaddr.js"

/**
 * The network to count an address by: an IPv4 address, or the first 64 bits of an IPv6 address, because one
 * subscriber has all of those.
 */
export function networkOf(address: string | null): string {
  if (address === null || !ipaddr.IPv6.isValid(address)) return address ?? "unknown"
  const groups = ipaddr.IPv6.parse(address).parts.slice(0, 4)
  return `${groups.map((group) => group.toString(16)).join(":")}::/64`
}
