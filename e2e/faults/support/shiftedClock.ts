/** Loaded before a process's own code: its wall clock is wrong by CLOCK_SHIFT_MS, its monotonic clock runs on. */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS']);
const trueNow = Date.now.bind(Date);

class ShiftedDate extends Date {
  constructor(...parameters: readonly unknown[]) {
    if (parameters.length === 0) super(ShiftedDate.now());
    else super(...(parameters as [number]));
  }

  static override now(): number {
    return trueNow() + shiftMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
