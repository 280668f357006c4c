import { setTimeout as pause } from "node:timers/promises"
import { growingLimiter } from "@/lib/base/limits/growing-limiter"
import { counterOf, hashed } from "@/lib/base/limits/limiter"
import { networkOf } from "@/lib/base/limits/network"

const hour = 3600

/** One account from one address: the hard limit on guessing a password. */
const pairs = growingLimiter({
  name: "sign-in-pair",
  points: 5,
  seconds: 900,
  firstLockSeconds: 60,
  longestLockSeconds: hour,
})
/**
 * All accounts from one address: the limit on trying one password with many accounts; a shop's people share
 * an address.
 */
const addresses = growingLimiter({
  name: "sign-in-address",
  points: 50,
  seconds: 900,
  firstLockSeconds: 300,
  longestLockSeconds: hour,
})
/**
 * One account from everywhere. It slows and never locks: else a stranger could keep the account's owner out.
 */
const accounts = counterOf({ name: "sign-in-account", points: 20, seconds: hour })
/** Pairs that signed in within ninety days: what strangers do costs them nothing. */
const acquainted = counterOf({ name: "sign-in-known", points: 1, seconds: 90 * 86_400 })
/** One user's second factor, after the password was right. */
const secondFactors = growingLimiter({
  name: "second-factor",
  points: 5,
  seconds: 900,
  firstLockSeconds: 60,
  longestLockSeconds: hour,
})

const longestPauseMs = 5_000

/** How long an answer is held back, by how often the account was tried within the hour. */
export const pauseMs = (attempts: number): number =>
  attempts <= accounts.points
    ? 0
    : Math.min(longestPauseMs, 250 * 2 ** Math.floor((attempts - accounts.points) / 5))

type Attempt = { email: string; address: string | null; wait?: (ms: number) => Promise<unknown> }

/**
 * Counts an attempt to sign in before the password is looked at, and refuses it where there were too many. It
 * does the same for accounts that do not exist. Answers what to call once the sign-in is through.
 */
export async function limitSignIn({ email, address, wait = pause }: Attempt): Promise<() => Promise<void>> {
  const account = email.trim().toLowerCase()
  const network = networkOf(address)
  const pair = `${account} ${network}`
  const isKnown = (await acquainted.get(hashed(pair))) !== null
  await pairs.count(pair)
  if (!isKnown) {
    await addresses.count(network)
    const { consumedPoints } = await accounts.penalty(hashed(account))
    const ms = pauseMs(consumedPoints)
    if (ms > 0) await wait(ms)
  }
  return async () => {
    await pairs.clear(pair)
    await acquainted.set(hashed(pair), 1, acquainted.duration)
    if (isKnown) return
    await addresses.forgive(network)
    await accounts.reward(hashed(account))
  }
}

/**
 * One session that asks for the password again: who got hold of it does not lock the owner out, who signs in
 * anew.
 */
const confirmations = growingLimiter({
  name: "confirm-password",
  points: 5,
  seconds: 900,
  firstLockSeconds: 60,
  longestLockSeconds: hour,
})

/** Counts an attempt to confirm the password within a session. Answers what to call once it was right. */
export async function limitConfirmation(sessionId: string): Promise<() => Promise<void>> {
  await confirmations.count(sessionId)
  return () => confirmations.clear(sessionId)
}

/** Counts an attempt to give a second factor. Answers what to call once it was right. */
export async function limitSecondFactor(userId: string): Promise<() => Promise<void>> {
  await secondFactors.count(userId)
  return () => secondFactors.clear(userId)
}
