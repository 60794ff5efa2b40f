export { permitCall, type DialingRules, type PermitOptions } from './permitCall.ts';
