import { handler } from "@/lib/access/routes/handler"
import { listRemote } from "@/lib/insight/remote/list-remote"
import { RemotePage, RemoteQuery } from "@/lib/insight/remote/schemas"

export const GET = handler({ may: "fleet:read", query: RemoteQuery, answer: RemotePage, run: listRemote })
