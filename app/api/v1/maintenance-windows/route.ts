import { handler } from "@/lib/access/routes/handler"
import { addWindow } from "@/lib/fleet/maintenance/change-windows"
import { listWindows } from "@/lib/fleet/maintenance/list-windows"
import { Window, WindowDraft, WindowPage, WindowQuery } from "@/lib/fleet/maintenance/schemas"

export const GET = handler({
  may: "fleet:read",
  query: WindowQuery,
  answer: WindowPage,
  run: ({ actor, query }) => listWindows({ actor, query }),
})

export const POST = handler({
  may: "flags:write",
  body: WindowDraft,
  answer: Window,
  run: ({ actor, body }) => addWindow({ actor, body }),
})
