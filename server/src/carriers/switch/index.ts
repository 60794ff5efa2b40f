export { receiveSwitchEvents } from './receiveSwitchEvents.ts';
export { isSignedBySwitch } from './verifySignature.ts';
