import type { DialRequest, PhoneCall } from '@scoreline/contract';
import type { SessionResponse } from '@scoreline/contract/wire';

export const ORG_ID = '00Dxx0000001gERAAY';
export const USER_ID = '005xx000001SvGZAA0';
export const OWNER = `${ORG_ID}:${USER_ID}`;
export const RECORD_ID = '003xx000004TmiQAAS';

/** A dial request whose id is its name. */
export function dialRequest(requestId: string, number = '+1 303 555 0142'): DialRequest {
  return { requestId, number, recordId: RECORD_ID, recordName: 'Ana Ruiz', numberLabel: 'Mobile' };
}

/** A call that was just clicked. */
export function requestedCall(callId: string): PhoneCall {
  return {
    callId,
    direction: 'outbound',
    request: dialRequest(`request of ${callId}`),
    state: 'requesting',
    startedAtMs: 1_000,
    muted: false,
    holdPending: false,
    holdRefused: false,
    isInConference: false,
    isRejoining: false,
  };
}

/** A UUIDv7 with this number at its end. */
export function callIdOf(number: number): string {
  return `01970000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export function sessionResponse(values: Partial<SessionResponse> = {}): SessionResponse {
  return {
    relayToken: 'token 1',
    expiresAtEpochSeconds: Math.floor(Date.now() / 1_000) + 600,
    orgId: ORG_ID,
    userId: USER_ID,
    sip: {
      addressOfRecord: `sip:${USER_ID}@phone.example`,
      domain: 'phone.example',
      webSocketUrl: 'ws://127.0.0.1:1',
      authorizationUsername: `1:${USER_ID}@${ORG_ID}`,
      authorizationPassword: 'secret',
      iceServers: [],
    },
    ...values,
  };
}
