export { homeCountryOf } from './classifyNumber.ts';
export { logByHand } from './logByHand.ts';
export { permitCall, type DialingRules } from './permitCall.ts';
export { permitRejoin, permitTransfer } from './permitRunningCall.ts';
