// The rule guards against timers that outlive a component. All timers are here, and each is given back as a stop.
/* eslint-disable @lwc/lwc/no-async-operation */

/** Runs the task every so often; returns what stops it. Call that in disconnectedCallback. */
export function every(milliseconds: number, task: () => void): () => void {
  const timer = setInterval(task, milliseconds);
  return () => {
    clearInterval(timer);
  };
}

/** Runs the task once after a while; returns what stops it. Call that in disconnectedCallback. */
export function after(milliseconds: number, task: () => void): () => void {
  const timer = setTimeout(task, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

/**
 * Tries until the attempt answers true or the delays are used up: first at once, then after each delay in turn. An
 * attempt that rejects counts as not done yet. Returns what stops it; `gaveUp` is called when no attempt succeeded.
 */
export function attemptUntilDone(
  delaysMs: readonly number[],
  attempt: () => Promise<boolean>,
  gaveUp: () => void,
): () => void {
  let isStopped = false;
  let stopTimer = () => {};
  const run = (index: number): void => {
    const goOn = (isDone: boolean): void => {
      if (isStopped || isDone) return;
      const delay = delaysMs[index];
      if (delay === undefined) gaveUp();
      else stopTimer = after(delay, () => run(index + 1));
    };
    attempt().then(goOn, () => goOn(false));
  };
  run(0);
  return () => {
    isStopped = true;
    stopTimer();
  };
}
