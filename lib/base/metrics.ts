import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client"

// Labels are few and fixed: routes are patterns, and no label names an organisation, terminal or person.

const requestMetrics = (registers: Registry[]) => ({
  requestSeconds: new Histogram({
    name: "tillwatch_http_request_duration_seconds",
    help: "Requests by method, route pattern and status",
    registers,
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10],
  }),
  records: new Counter({
    name: "tillwatch_ingest_records_total",
    help: "Records by result; code says why they were rejected",
    registers,
    labelNames: ["noun", "outcome", "code"],
  }),
  bytes: new Counter({
    name: "tillwatch_ingest_bytes_total",
    help: "Bytes of uploads, decompressed",
    registers,
  }),
  mergedRecords: new Histogram({
    name: "tillwatch_ingest_merged_records",
    help: "Records in one transaction",
    registers,
    labelNames: ["noun"],
    buckets: [1, 10, 100, 500, 1000, 2000, 5000],
  }),
  commitSeconds: new Histogram({
    name: "tillwatch_ingest_commit_duration_seconds",
    help: "Duration of a transaction of merged records",
    registers,
    labelNames: ["noun"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  }),
  slots: new Gauge({ name: "tillwatch_ingest_uploads_in_progress", help: "Uploads under way", registers }),
  refused: new Counter({
    name: "tillwatch_ingest_refused_total",
    help: "Uploads refused because too many of their organisation are in progress",
    registers,
  }),
})

const workerMetrics = (registers: Registry[]) => ({
  roundSeconds: new Histogram({
    name: "tillwatch_loop_round_duration_seconds",
    help: "Rounds of the worker's loops that had work",
    registers,
    labelNames: ["loop"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
  }),
  roundWork: new Counter({
    name: "tillwatch_loop_work_total",
    help: "Results of the worker's loops: rows folded, flags changed, rows deleted",
    registers,
    labelNames: ["loop", "what"],
  }),
  roundFailures: new Counter({
    name: "tillwatch_loop_failures_total",
    help: "Failed rounds of the worker's loops",
    registers,
    labelNames: ["loop"],
  }),
  organisationFailures: new Counter({
    name: "tillwatch_loop_organisation_failures_total",
    help: "Failures of the worker's loops that ended the work of one organisation alone",
    registers,
    labelNames: ["loop"],
  }),
  jobSeconds: new Histogram({
    name: "tillwatch_job_duration_seconds",
    help: "Jobs by task and result",
    registers,
    labelNames: ["task", "result"],
    buckets: [0.1, 0.5, 1, 5, 30, 120, 600],
  }),
  jobsWaiting: new Gauge({
    name: "tillwatch_jobs_waiting",
    help: "Jobs waiting in the queue, of all processes",
    registers,
    labelNames: ["task"],
  }),
})

const stateMetrics = (registers: Registry[]) => ({
  flags: new Gauge({
    name: "tillwatch_flags",
    help: "Open flags, and candidates",
    registers,
    labelNames: ["kind", "status"],
  }),
  foldLag: new Gauge({
    name: "tillwatch_fold_lag_seconds",
    help: "Age of the oldest batch that is not folded",
    registers,
  }),
  databaseUp: new Gauge({
    name: "tillwatch_database_up",
    help: "1 if the database answered this scrape",
    registers,
  }),
  pool: new Gauge({
    name: "tillwatch_database_pool_connections",
    help: "Connections of this process",
    registers,
    labelNames: ["state"],
  }),
  poolWaiting: new Gauge({
    name: "tillwatch_database_pool_waiting",
    help: "Transactions waiting for a connection",
    registers,
  }),
})

function makeMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    ...requestMetrics(registers),
    ...workerMetrics(registers),
    ...stateMetrics(registers),
  }
}

// Next loads this module once for each bundle. They share one registry.
const shared = globalThis as typeof globalThis & { tillwatchMetrics?: ReturnType<typeof makeMetrics> }

export const metrics = (shared.tillwatchMetrics ??= makeMetrics())

/** Also measures the process: memory, event loop, garbage collection. */
export const measureProcess = (): void => collectDefaultMetrics({ register: metrics.registry })
