/** What a rollout's figures say: stop it, go on, or wait for more sales. */
export const advices = ["pause", "go_on", "wait"] as const
export type Advice = (typeof advices)[number]
