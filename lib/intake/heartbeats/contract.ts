import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Contract } from "@/lib/intake/ingest/contract"

/**
 * Only `terminal` and `at` can refuse a heartbeat: a field that does not fit never costs the sign of life.
 */
export const heartbeatContract = new Contract(Heartbeat, { leavesOutMisfits: true })
