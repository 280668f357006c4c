import { handler } from "@/lib/access/routes/handler"
import { changeWindow, endWindowNow } from "@/lib/fleet/maintenance/change-windows"
import { Window, WindowDraft, WindowId } from "@/lib/fleet/maintenance/schemas"

export const PUT = handler({
  may: "flags:write",
  params: WindowId,
  body: WindowDraft,
  answer: Window,
  run: ({ actor, params, body }) => changeWindow({ actor, params, body }),
})

export const DELETE = handler({
  may: "flags:write",
  params: WindowId,
  answer: Window,
  run: ({ actor, params }) => endWindowNow({ actor, params }),
})
