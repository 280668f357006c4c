import { z } from "zod"
import { pageLinks } from "@/lib/base/pages/schemas"
import { writtenCursor, writtenId } from "@/lib/base/text/fields"
import { remoteActions, remoteStates } from "@/lib/insight/flags/remote-words"
import { ruleNames } from "@/lib/insight/flags/words"

export const RemoteQuery = z.strictObject({
  state: z.enum(remoteStates).optional(),
  terminal: writtenId.optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type RemoteQuery = z.infer<typeof RemoteQuery>

export const RemoteAction = z.object({
  id: z.number(),
  action: z.enum(remoteActions),
  state: z.enum(remoteStates),
  askedAt: z.string(),
  askedBy: z.string(),
  /** Until when it must have helped. */
  dueAt: z.string(),
  takenAt: z.string().nullable(),
  takenBy: z.string().nullable(),
  endedAt: z.string().nullable(),
  flag: z.object({ id: z.number(), rule: z.enum(ruleNames) }),
  terminal: z.object({ id: z.number(), serial: z.string(), model: z.string().nullable() }),
})
export type RemoteAction = z.infer<typeof RemoteAction>

export const RemotePage = z.object({ data: z.array(RemoteAction), ...pageLinks })
export type RemotePage = z.infer<typeof RemotePage>

export const RemoteId = z.strictObject({ id: writtenId })
export const RemoteDraft = z.strictObject({ action: z.enum(remoteActions) })
