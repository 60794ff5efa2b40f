export { permitCall, type DialingRules } from './permitCall.ts';
