const SECONDS_PER_MINUTE = 60;

/** A duration for reading, e.g. `4 min 12 s`. */
export function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / SECONDS_PER_MINUTE);
  const rest = Math.round(seconds % SECONDS_PER_MINUTE);
  return minutes === 0 ? `${rest} s` : `${minutes} min ${rest} s`;
}
