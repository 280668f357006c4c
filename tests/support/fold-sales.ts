import { localDay } from "@/lib/base/time/zone"

// Noon of yesterday in Shanghai: not near midnight, and always within raw retention.
export const noon = new Date(
  `${localDay(new Date(Date.now() - 86_400_000), "Asia/Shanghai")}T12:00:00+08:00`,
).getTime()

export const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString()

export const sum = (rows: Record<string, unknown>[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column] ?? 0), 0)
