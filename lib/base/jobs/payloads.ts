import { z } from "zod"

/** The payload of each kind of job. */
export const jobPayloads = {
  import: z.object({ importId: z.uuid(), orgId: z.uuid() }),
  mailLink: z.object({ linkId: z.uuid(), orgId: z.uuid() }),
  mailResetLink: z.object({ email: z.email() }),
  moveRecords: z.object({
    orgId: z.uuid(),
    from: z.int(),
    to: z.int(),
    days: z.array(z.iso.date()),
    isSecond: z.boolean().optional(),
  }),
  partitions: z.object({}),
  recountStore: z.object({ orgId: z.uuid(), storeId: z.int() }),
} as const
export type JobPayloads = { [Name in keyof typeof jobPayloads]: z.infer<(typeof jobPayloads)[Name]> }
