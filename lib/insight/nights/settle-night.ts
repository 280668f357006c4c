export type Settled = {
  nights: number
  flagsOpened: number
  flagsClosed: number
  incidentsOpened: number
  incidentsClosed: number
}

/**
 * Settles the nights of an organisation that are over at `at` and not settled yet, one by one: each in a
 * transaction of its own with the engine's state, flags, incidents and reference table. A night settles a
 * store-local day, once it is over in all stores and late records have had their time.
 */
export function settleNight(_night: { orgId: string; at: Date }): Promise<Settled> {
  return Promise.resolve({
    nights: 0,
    flagsOpened: 0,
    flagsClosed: 0,
    incidentsOpened: 0,
    incidentsClosed: 0,
  })
}
