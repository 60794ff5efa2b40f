/**
 * The end-to-end tests of the phone: `npm run test:phone`. They run once more inside a near-membrane, and many times in a
 * row.
 */
export const PHONE_SPECS: readonly string[] = [
  'clickToDial',
  'keepsGoing',
  'keyboard',
  'membrane',
  'missedCalls',
  'otherCalls',
  'pendingMatches',
  'phoneNumbers',
  'setUp',
  'sound',
  'talkMeter',
  'phone/*',
].map((name) => `**/${name}.spec.ts`);

/** Among them those that want the computer to themselves. */
export const MEASURING_SPECS: readonly string[] = ['**/phone/lineQuality.spec.ts', '**/talkMeter.spec.ts'];
