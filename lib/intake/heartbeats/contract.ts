import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Contract } from "@/lib/intake/ingest/contract"

/** Only `terminal` and `at` can reject a heartbeat. Other fields that do not fit are left out. */
export const heartbeatContract = new Contract(Heartbeat, { leavesOutMisfits: true })
