/**
 * The argument of processes that the launcher starts. Their standard input is a pipe that ends with the
 * launcher.
 */
export const launchedFlag = "--launched"

/** Ends this process as SIGTERM does if the launcher that started it is gone. */
export function endWithLauncher(): void {
  if (!process.argv.includes(launchedFlag)) return
  process.stdin.on("close", () => process.kill(process.pid, "SIGTERM")).resume()
  // A pipe keeps the process alive otherwise.
  if ("unref" in process.stdin) process.stdin.unref()
}
