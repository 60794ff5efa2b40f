/** Draws that are the same at every run. */
export interface SeededRandom {
  /** In [0, 1). */
  fraction(): number;
  binomial(trials: number, rate: number): number;
  poisson(mean: number): number;
}

/** The generator mulberry32 (public domain, T. Ettinger): small, and even enough for simulations of this size. */
export function randomFrom(seed: number): SeededRandom {
  let state = seed >>> 0;
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  function binomial(trials: number, rate: number): number {
    let successes = 0;
    for (let trial = 0; trial < trials; trial += 1) if (fraction() < rate) successes += 1;
    return successes;
  }
  return {
    fraction,
    binomial,
    poisson(mean) {
      // Waiting times between events are exponential; as many as fit into the mean happened.
      let events = -1;
      for (let passed = 0; passed < mean; events += 1) passed -= Math.log(1 - fraction());
      return Math.max(events, 0);
    },
  };
}
