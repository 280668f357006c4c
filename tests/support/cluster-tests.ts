import { inject, type TestContext } from "vitest"

/** Whether the tests run on a cluster; see `npm run test:citus`. */
export const isCluster = () => inject("adminUrls").length > 1

/** Skips a test of what a single server does not have. */
export const onlyOnCluster = ({ skip }: TestContext): void => skip(!isCluster(), "only on a cluster")

/** Skips a test of what a cluster has no equal of. The reason is shown in its place. */
export const notOnCluster = ({ skip }: TestContext, reason: string): void =>
  skip(isCluster(), `not on a cluster: ${reason}`)
