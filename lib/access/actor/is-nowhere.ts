/** Whether places are no store at all. */
export const isNowhere = ({
  merchants,
  regions,
  stores,
}: Record<"merchants" | "regions" | "stores", readonly unknown[]>): boolean =>
  merchants.length + regions.length + stores.length === 0
