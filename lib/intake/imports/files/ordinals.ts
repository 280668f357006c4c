/** Counts equal hashes in 12 bytes each, so that a million rows take 24 MiB and no strings. */
export class Ordinals {
  #keys = new BigUint64Array(1024)
  #counts = new Uint32Array(1024)
  #size = 0

  /** How often the hash was counted, including this time. */
  next(hash: bigint): number {
    if (this.#size * 2 >= this.#keys.length) this.#grow()
    const place = this.#place(hash)
    if (this.#counts[place] === 0) {
      this.#keys[place] = hash
      this.#size += 1
    }
    return (this.#counts[place] = (this.#counts[place] ?? 0) + 1)
  }

  #place(hash: bigint): number {
    const mask = this.#keys.length - 1
    let place = Number(hash & BigInt(mask))
    while (this.#counts[place] !== 0 && this.#keys[place] !== hash) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new BigUint64Array(keys.length * 2)
    this.#counts = new Uint32Array(keys.length * 2)
    for (const [i, count] of counts.entries()) {
      if (count === 0) continue
      const place = this.#place(keys[i] ?? 0n)
      this.#keys[place] = keys[i] ?? 0n
      this.#counts[place] = count
    }
  }
}
