const SMALLEST = 1e-300;
const PRECISION = 1e-15;
const MOST_TERMS = 10_000;
/** From here on the series of Stirling is exact to the last digits. */
const STIRLING_FROM = 12;
/** B₂ₖ / (2k (2k − 1)), k = 1 to 7. */
const STIRLING_TERMS = [1 / 12, -1 / 360, 1 / 1_260, -1 / 1_680, 1 / 1_188, -691 / 360_360, 1 / 156];

/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) after stepping up by Γ(x + 1) = x Γ(x). */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError('The gamma function is asked for above 0 only');
  let factor = 1;
  let shifted = x;
  let steps = 0;
  while (shifted < STIRLING_FROM) {
    factor *= shifted;
    shifted += 1;
    // The product would overflow after many steps; twelve are the most there can be.
    steps += 1;
  }
  const inverseSquare = 1 / (shifted * shifted);
  let power = 1 / shifted;
  let series = 0;
  for (const term of STIRLING_TERMS) {
    series += term * power;
    power *= inverseSquare;
  }
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series;
  return steps === 0 ? stirling : stirling - Math.log(factor);
}

/** ln B(a, b) for a, b > 0. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * The probability that a χ² variable with `degreesOfFreedom` exceeds `value`: the regularised incomplete gamma
 * function Q(df/2, x/2), by its series below df/2 + 1 and its continued fraction above (DLMF 8.7.1 and 8.9.2).
 */
export function chiSquareUpperTail(value: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) throw new RangeError('χ² has at least one degree of freedom');
  if (!(value > 0)) return 1;
  const a = degreesOfFreedom / 2;
  const x = value / 2;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * lowerGammaSeries(a, x) : scale * upperGammaFraction(a, x);
}

function lowerGammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * PRECISION; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function upperGammaFraction(a: number, x: number): number {
  return continuedFraction(x + 1 - a, (n) => ({ numerator: -n * (n - a), denominator: x + 2 * n + 1 - a }));
}

/**
 * The probability that a beta variable with parameters a, b is at most x: the regularised incomplete beta function, by
 * its continued fraction (DLMF 8.17.22), taken from the side on which that converges.
 */
export function betaDistribution(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaDistribution(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  return front * betaFraction(x, a, b);
}

function betaFraction(x: number, a: number, b: number): number {
  return continuedFraction(1, (n) => {
    const m = Math.floor(n / 2);
    const numerator =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return { numerator, denominator: 1 };
  });
}

/** 1 / (first + n₁ / (d₁ + n₂ / (d₂ + …))), by the modified method of Lentz (Thompson & Barnett 1986). */
function continuedFraction(
  first: number,
  termAt: (n: number) => { readonly numerator: number; readonly denominator: number },
): number {
  let c = 1 / SMALLEST;
  let d = 1 / first;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const { numerator, denominator } = termAt(n);
    d = 1 / awayFromZero(denominator + numerator * d);
    c = awayFromZero(denominator + numerator / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < SMALLEST ? SMALLEST : value;
}

/** The x at which {@link betaDistribution} reaches a probability, to about fifteen digits. */
export function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  // Halving an interval 60 times leaves less than the distance of two numbers near 1.
  for (let step = 0; step < 60 && high - low > Number.EPSILON * high; step += 1) {
    const middle = (low + high) / 2;
    if (betaDistribution(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
