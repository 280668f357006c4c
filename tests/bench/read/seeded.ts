/** An organisation that is made. Terminals have the ids from 1 on, stores those from 2 on. */
export type Seeded = { orgId: string; terminals: number; stores: number }
