/** The end-to-end tests of the phone: they run once more inside a near-membrane, and many times in a row. */
export const PHONE_SPECS: readonly string[] = [
  'clickToDial',
  'otherCalls',
  'keepsGoing',
  'keyboard',
  'membrane',
  'sound',
].map((name) => `**/${name}.spec.ts`);
