/** Within how many hours sales made offline must reach an acquirer that names no limit of its own. */
export const usualOfflineHours = 24

/** When the oldest unsent sale must have reached the acquirer. Instants are milliseconds since 1970. */
export const sendBy = ({
  oldestAt,
  offlineHours,
}: {
  oldestAt: number
  offlineHours: number | null
}): number => oldestAt + (offlineHours ?? usualOfflineHours) * 3_600_000
