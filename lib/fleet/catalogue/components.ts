/** The software components that have versions of their own. */
export const components = ["os", "firmware", "app", "emvKernel", "securityPatch"] as const
export type Component = (typeof components)[number]
