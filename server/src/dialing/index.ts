export { homeCountryOf } from './classifyNumber.ts';
export { permitCall, type DialingRules } from './permitCall.ts';
