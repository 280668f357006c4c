type Row = { last_received_at: Date | null; last_sale_at: Date | null }

/**
 * When a terminal last gave a sign of life: a heartbeat, or a sale. Null of one that never sent a heartbeat,
 * of which nothing is known.
 */
export const lastSignOf = ({ last_received_at: beat, last_sale_at: sale }: Row, now: Date): number | null =>
  beat && Math.max(beat.getTime(), Math.min(sale?.getTime() ?? -Infinity, now.getTime()))
