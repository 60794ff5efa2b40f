export { forgetExpiredNonces, openSession } from './openSession.ts';
export { verifyRelayToken } from './relayToken.ts';
