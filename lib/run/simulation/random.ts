import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64"
import { uniformInt } from "pure-rand/distribution/uniformInt"
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"

/** Pseudo-random numbers. The same name gives the same numbers on every machine. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>

  constructor(...name: (string | number)[]) {
    this.#generator = xoroshiro128plus(hash(name.join("/")))
  }

  /** An integer from 0 to n - 1. */
  below(n: number): number {
    return uniformInt(this.#generator, 0, n - 1)
  }

  /** A number in [0, 1). */
  unit(): number {
    return uniformFloat64(this.#generator)
  }

  /** A number in [0, 1) of 32 bits: half the work of `unit`. */
  fraction(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0]
  }

  /** One of the choices, with a probability in proportion to its weight. */
  weighted<T>(choices: readonly [readonly [T, number], ...(readonly [T, number])[]]): T {
    let rest = this.unit() * choices.reduce((total, [, weight]) => total + weight, 0)
    for (const [choice, weight] of choices) {
      rest -= weight
      if (rest < 0) return choice
    }
    return choices[0][0]
  }

  /** A Poisson-distributed count with this mean (Knuth 1969, for small means). */
  poisson(mean: number): number {
    const limit = Math.exp(-mean)
    let product = this.unit()
    let count = 0
    while (product > limit) {
      product *= this.unit()
      count += 1
    }
    return count
  }
}

/**
 * FNV-1a, 32 bit, with the last step of MurmurHash3: names that differ only in their last digit must not give
 * similar numbers.
 */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
