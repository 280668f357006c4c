/** By what the durations of sales are kept. A store stands for its line. */
export const speedKinds = ["store", "issuer", "acquirer", "release", "carrier"] as const
export type SpeedKind = (typeof speedKinds)[number]
