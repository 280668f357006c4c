import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client"

// Labels are few and fixed: routes are patterns, and no organisation, terminal or person is named.
function makeMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    requestSeconds: new Histogram({
      name: "tillwatch_http_request_duration_seconds",
      help: "Requests by method, route pattern and status",
      registers,
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10],
    }),
    records: new Counter({
      name: "tillwatch_ingest_records_total",
      help: "Records by what became of them; code says why they were rejected",
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
      help: "Records that went into one transaction",
      registers,
      labelNames: ["noun"],
      buckets: [1, 10, 100, 500, 1000, 2000, 5000],
    }),
    commitSeconds: new Histogram({
      name: "tillwatch_ingest_commit_duration_seconds",
      help: "From the beginning of a transaction of merged records to its end",
      registers,
      labelNames: ["noun"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    }),
    slots: new Gauge({ name: "tillwatch_ingest_uploads_in_progress", help: "Uploads under way", registers }),
    refused: new Counter({
      name: "tillwatch_ingest_refused_total",
      help: "Uploads refused because their organisation has too many under way",
      registers,
    }),
    roundSeconds: new Histogram({
      name: "tillwatch_loop_round_duration_seconds",
      help: "Rounds of the worker's loops in which there was work",
      registers,
      labelNames: ["loop"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
    }),
    roundWork: new Counter({
      name: "tillwatch_loop_work_total",
      help: "What the worker's loops did: rows folded, flags changed, rows deleted",
      registers,
      labelNames: ["loop", "what"],
    }),
    roundFailures: new Counter({
      name: "tillwatch_loop_failures_total",
      help: "Rounds of the worker's loops that failed",
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
      help: "Jobs in the queue that nobody is at, of all processes",
      registers,
      labelNames: ["task"],
    }),
    flags: new Gauge({
      name: "tillwatch_flags",
      help: "Flags that are open, and candidates",
      registers,
      labelNames: ["kind", "status"],
    }),
    foldLag: new Gauge({
      name: "tillwatch_fold_lag_seconds",
      help: "Age of the oldest batch that waits to be folded",
      registers,
    }),
    databaseUp: new Gauge({
      name: "tillwatch_database_up",
      help: "1 where the database answered this scrape",
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
      help: "Transactions that wait for a connection",
      registers,
    }),
  }
}

// Next loads this module once for each bundle; they count together.
const shared = globalThis as typeof globalThis & { tillwatchMetrics?: ReturnType<typeof makeMetrics> }

export const metrics = (shared.tillwatchMetrics ??= makeMetrics())

/** Also measures the process itself: memory, event loop, collections. */
export const measureProcess = (): void => collectDefaultMetrics({ register: metrics.registry })
