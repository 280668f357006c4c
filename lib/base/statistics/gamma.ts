const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const halfLogOfTwoPi = 0.9189385332046727

/** Natural logarithm of the gamma function for x > 0 (Lanczos 1964, g = 7, nine terms). */
export function logGamma(x: number): number {
  // Stirling's series is as exact for large x, and faster.
  if (x > 20) {
    const y = 1 / (x * x)
    const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x
    return (x - 0.5) * Math.log(x) - x + halfLogOfTwoPi + series
  }
  let sum = lanczos[0] ?? 1
  for (let i = 1; i < lanczos.length; i += 1) sum += (lanczos[i] ?? 0) / (x - 1 + i)
  const t = x + 6.5
  return halfLogOfTwoPi + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** P(X <= x) for a gamma variable with this shape and rate 1 (regularised lower incomplete gamma). */
export function gammaCdf(x: number, shape: number): number {
  if (x <= 0) return 0
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  return x < shape + 1 ? front * lowerSeries(x, shape) : 1 - front * upperFraction(x, shape)
}

function lowerSeries(x: number, shape: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = shape + 1; term > sum * 1e-16; n += 1) {
    term *= x / n
    sum += term
  }
  return sum
}

/** Continued fraction, by Lentz's method. */
function upperFraction(x: number, shape: number): number {
  const tiny = 1e-300
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let value = d
  for (let i = 1; i < 500; i += 1) {
    const a = -i * (i - shape)
    b += 2
    d = 1 / (a * d + b || tiny)
    c = b + a / c || tiny
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return value
}

/** The value that a gamma variable with this shape and rate 1 stays below with probability p. */
export function gammaQuantile(p: number, shape: number): number {
  if (p <= 0) return 0
  if (p >= 1) return Number.POSITIVE_INFINITY
  let [low, high] = [0, shape + 1]
  while (gammaCdf(high, shape) < p) [low, high] = [high, high * 2]
  // Newton's method, kept inside a shrinking bracket.
  let x = startingPoint(p, shape)
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i += 1) {
    if (!(x > low && x < high)) x = (low + high) / 2
    const error = gammaCdf(x, shape) - p
    if (error > 0) high = x
    else low = x
    const step = error / Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape))
    if (Math.abs(step) < 1e-14 * x) return x
    x -= step
  }
  return x
}

/** For small p, the first term of the series; else the mean. */
const startingPoint = (p: number, shape: number) =>
  Math.min(shape, Math.exp((Math.log(p) + logGamma(shape + 1)) / shape))
