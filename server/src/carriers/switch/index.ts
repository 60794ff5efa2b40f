export { receiveSwitchEvents } from './receiveSwitchEvents.ts';
export { voicemailAddress } from './voicemailAddress.ts';
export { isSignedBySwitch } from './verifySignature.ts';
