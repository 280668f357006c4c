import { inject, test } from "vitest"

/** Whether the tests run on a cluster; see `npm run test:citus`. */
export const isCluster = inject("adminUrls").length > 1

type Run = () => Promise<void> | void

/** A test of what a cluster has no equal of. The reason is shown there in its place. */
export const testPlain =
  (reason: string) =>
  (name: string, run: Run): void =>
    test(name, async ({ skip }) => {
      skip(isCluster, `not on a cluster: ${reason}`)
      await run()
    })

/** A test of what a single server does not have. */
export const testCluster = (name: string, run: Run): void =>
  test(name, async ({ skip }) => {
    skip(!isCluster, "only on a cluster")
    await run()
  })
