/** The column that holds a field of the contract: batteryPct, battery_pct. */
export const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
