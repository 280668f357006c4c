/** Whether a reach contains no places. */
export const hasNoPlaces = ({
  merchants,
  regions,
  stores,
}: Record<"merchants" | "regions" | "stores", readonly unknown[]>): boolean =>
  merchants.length + regions.length + stores.length === 0
