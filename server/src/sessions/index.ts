export { forgetExpiredNonces, openSession, type IsUserActive, type SessionOptions } from './openSession.ts';
export { verifyRelayToken, type Caller } from './relayToken.ts';
