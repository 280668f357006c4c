import { setTimeout as pause } from "node:timers/promises"
import { growingLimiter } from "@/lib/base/limits/growing-limiter"
import { counterOf, hashed } from "@/lib/base/limits/limiter"
import { networkOf } from "@/lib/base/limits/network"

const hour = 3600

/** One account from one address: the limit on guessing a password. */
const pairs = growingLimiter({
  name: "sign-in-pair",
  points: 5,
  seconds: 900,
  firstLockSeconds: 60,
  longestLockSeconds: hour,
})
/**
 * All accounts from one address: the limit on trying one password on many accounts. The people of one store
 * share an address.
 */
const addresses = growingLimiter({
  name: "sign-in-address",
  points: 50,
  seconds: 900,
  firstLockSeconds: 300,
  longestLockSeconds: hour,
})
/** One account from all addresses. It only slows answers down. A lock would let anyone keep the user out. */
const accounts = counterOf({ name: "sign-in-account", points: 20, seconds: hour })
/** Pairs that signed in within 90 days. Attempts from other addresses do not slow them down. */
const knownPairs = counterOf({ name: "sign-in-known", points: 1, seconds: 90 * 86_400 })
/** Codes of one user, after the right password. */
const secondFactors = growingLimiter({
  name: "second-factor",
  points: 5,
  seconds: 900,
  firstLockSeconds: 60,
  longestLockSeconds: hour,
})

const longestPauseMs = 5_000

/** How long an answer is delayed, by the number of attempts on the account within the hour. */
export const pauseMs = (attempts: number): number =>
  attempts <= accounts.points
    ? 0
    : Math.min(longestPauseMs, 250 * 2 ** Math.floor((attempts - accounts.points) / 5))

type Attempt = { email: string; address: string | null; wait?: (ms: number) => Promise<unknown> }

/**
 * Counts an attempt to sign in before the password is checked. Refuses it if there were too many, also for
 * accounts that do not exist. Returns a function to call after success.
 */
export async function limitSignIn({ email, address, wait = pause }: Attempt): Promise<() => Promise<void>> {
  const account = email.trim().toLowerCase()
  const network = networkOf(address)
  const pair = `${account} ${network}`
  const isKnown = (await knownPairs.get(hashed(pair))) !== null
  await pairs.count(pair)
  if (!isKnown) {
    await addresses.count(network)
    const { consumedPoints } = await accounts.penalty(hashed(account))
    const ms = pauseMs(consumedPoints)
    if (ms > 0) await wait(ms)
  }
  return async () => {
    await pairs.clear(pair)
    await knownPairs.set(hashed(pair), 1, knownPairs.duration)
    if (isKnown) return
    await addresses.undo(network)
    await accounts.reward(hashed(account))
  }
}

/** Password confirmations in one session. A stolen session cannot lock the user out of signing in. */
const confirmations = growingLimiter({
  name: "confirm-password",
  points: 5,
  seconds: 900,
  firstLockSeconds: 60,
  longestLockSeconds: hour,
})

/** Counts an attempt to confirm the password in a session. Returns a function to call after success. */
export async function limitConfirmation(sessionId: string): Promise<() => Promise<void>> {
  await confirmations.count(sessionId)
  return () => confirmations.clear(sessionId)
}

/** Counts an attempt to enter a code. Returns a function to call after success. */
export async function limitSecondFactor(userId: string): Promise<() => Promise<void>> {
  await secondFactors.count(userId)
  return () => secondFactors.clear(userId)
}
