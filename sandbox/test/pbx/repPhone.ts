import { createHmac, randomBytes } from 'node:crypto';
import { CALL_ID_HEADER, PERMIT_HEADER, permitClaimText, sipCredentialUsername } from '@scoreline/contract';
import {
  type Core,
  type Invitation,
  Inviter,
  Registerer,
  type RegistererOptions,
  type Session,
  SessionState,
  URI,
  UserAgent,
} from 'sip.js';
import { PhoneMedia, type PhoneMediaOptions } from './phoneMedia.ts';

export const ORG_ID = '00D000000000001AAA';
export const DOMAIN = 'calls.example.test';
export const MAYA = '005000000000001AAA';
export const TOMAS = '005000000000002AAA';
export const CREDENTIAL_SECRET = 'credential secret of the tests';
export const PERMIT_SECRET = 'permit secret of the tests';

interface Answer {
  readonly statusCode: number;
  readonly error: string | undefined;
}

export interface PhoneOptions {
  readonly url: string;
  readonly userId?: string;
  /** Instead of the right ones. */
  readonly username?: string;
  readonly password?: string;
  /** Registers and calls as this user, whatever the credential says. */
  readonly addressUserId?: string;
}

interface DialOptions {
  readonly callId?: string;
  /** Instead of a right one; null sends none. */
  readonly permit?: string | null;
  readonly permitNumber?: string;
  readonly permitUserId?: string;
  readonly permitExpiry?: number;
}

export interface PhoneCall {
  readonly callId: string;
  readonly inviter: Inviter;
  readonly media: PhoneMedia;
  /** The statuses of the INVITE's provisional answers so far. */
  readonly progress: readonly number[];
  /** The INVITE's final answer. */
  readonly answered: Promise<Answer>;
  readonly ringing: Promise<void>;
  readonly ended: Promise<void>;
  /** Sends a re-INVITE and resolves with its status. */
  renegotiate(options: PhoneMediaOptions): Promise<number>;
}

/** A call that rings at the phone. */
export interface IncomingCall {
  readonly callId: string;
  readonly invitation: Invitation;
  readonly media: PhoneMedia;
  /** The CANCEL's or BYE's Reason header, once it came. */
  readonly reason: string | undefined;
  readonly ended: Promise<void>;
  /** Sends a re-INVITE and resolves with its status. */
  renegotiate(options: PhoneMediaOptions): Promise<number>;
}

export interface RepPhone {
  readonly userAgent: UserAgent;
  /** Resolves with the next call that comes in; it rings (180). */
  nextCall(): Promise<IncomingCall>;
  register(options?: RegistererOptions): Promise<Answer>;
  unregister(): Promise<void>;
  /** INVITEs a number, or another user part such as `echo`. */
  dial(numberE164: string, options?: DialOptions): PhoneCall;
  close(): Promise<void>;
}

/** A rep's phone as the softphone is one: a SIP.js user agent over a WebSocket, with a WebRTC peer for its sound. */
export async function connectPhone(options: PhoneOptions): Promise<RepPhone> {
  const { addressUserId, url, userId = MAYA } = options;
  const username = options.username ?? sipCredentialUsername(inSeconds(600), userId, ORG_ID);
  const userAgent = new UserAgent({
    uri: new URI('sip', addressUserId ?? userId, DOMAIN),
    authorizationUsername: username,
    authorizationPassword: options.password ?? passwordOf(username),
    sessionDescriptionHandlerFactory: () => new PhoneMedia(),
    transportOptions: { server: url, traceSip: false },
    logBuiltinEnabled: false,
    logConfiguration: false,
  });
  await userAgent.start();
  let registerer = new Registerer(userAgent);
  return {
    userAgent,
    nextCall: () =>
      new Promise((resolve) => {
        userAgent.delegate = { onInvite: (invitation) => resolve(incoming(invitation)) };
      }),
    register(registererOptions) {
      if (registererOptions !== undefined) registerer = new Registerer(userAgent, registererOptions);
      return registration(registerer);
    },
    async unregister() {
      await new Promise<void>((resolve) => {
        void registerer.unregister({ requestDelegate: { onAccept: () => resolve() } });
      });
    },
    dial: (numberE164, dialOptions = {}) => dial(userAgent, userId, numberE164, dialOptions),
    close: () => userAgent.stop(),
  };
}

function passwordOf(username: string): string {
  return createHmac('sha1', CREDENTIAL_SECRET).update(username).digest('base64');
}

export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1_000) + seconds;
}

/** A UUIDv7 (RFC 9562, section 5.7). */
export function newCallId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

export function permitFor(
  claim: { readonly callId: string; readonly userId: string; readonly numberE164: string },
  expiresAtEpochSeconds = inSeconds(60),
): string {
  const text = permitClaimText({ orgId: ORG_ID, ...claim, expiresAtEpochSeconds });
  return `v1.${expiresAtEpochSeconds}.${createHmac('sha256', PERMIT_SECRET).update(text).digest('base64url')}`;
}

async function registration(registerer: Registerer): Promise<Answer> {
  const answer = Promise.withResolvers<Answer>();
  const onAnswer = ({ message }: IncomingResponse): void => answer.resolve(answerOf(message));
  await registerer.register({ requestDelegate: { onAccept: onAnswer, onReject: onAnswer } });
  return answer.promise;
}

type IncomingResponse = { readonly message: Core.IncomingResponseMessage };

function answerOf(message: Core.IncomingResponseMessage): Answer {
  return { statusCode: message.statusCode ?? 0, error: message.getHeader('X-Scoreline-Error') };
}

function dial(userAgent: UserAgent, userId: string, numberE164: string, options: DialOptions): PhoneCall {
  const callId = options.callId ?? newCallId();
  const claim = {
    callId,
    userId: options.permitUserId ?? userId,
    numberE164: options.permitNumber ?? numberE164,
  };
  const permit = options.permit === undefined ? permitFor(claim, options.permitExpiry) : options.permit;
  const headers = [
    `${CALL_ID_HEADER}: ${callId}`,
    ...(permit === null ? [] : [`${PERMIT_HEADER}: ${permit}`]),
  ];
  const inviter = new Inviter(userAgent, new URI('sip', numberE164, DOMAIN), { extraHeaders: headers });
  const progress: number[] = [];
  const answered = Promise.withResolvers<Answer>();
  const ringing = Promise.withResolvers<void>();
  const ended = untilEnded(inviter);
  const onFinal = ({ message }: IncomingResponse): void => answered.resolve(answerOf(message));
  void inviter.invite({
    requestDelegate: {
      onProgress: ({ message }) => {
        progress.push(message.statusCode ?? 0);
        if (message.statusCode === 180) ringing.resolve();
      },
      onAccept: onFinal,
      onReject: onFinal,
    },
  });
  return {
    callId,
    inviter,
    progress,
    answered: answered.promise,
    ringing: ringing.promise,
    ended,
    get media() {
      return mediaOf(inviter);
    },
    renegotiate: (mediaOptions) => renegotiate(inviter, mediaOptions),
  };
}

function incoming(invitation: Invitation): IncomingCall {
  let reason: string | undefined;
  invitation.delegate = {
    onCancel: ({ request }) => {
      reason = request.getHeader('Reason');
    },
    onBye: (bye) => {
      reason = bye.request.getHeader('Reason');
      void bye.accept();
    },
  };
  void invitation.progress({ statusCode: 180 });
  return {
    callId: invitation.request.getHeader(CALL_ID_HEADER) ?? '',
    invitation,
    get media() {
      return mediaOf(invitation);
    },
    get reason() {
      return reason;
    },
    ended: untilEnded(invitation),
    renegotiate: (mediaOptions) => renegotiate(invitation, mediaOptions),
  };
}

function mediaOf(session: Session): PhoneMedia {
  const handler = session.sessionDescriptionHandler;
  if (!(handler instanceof PhoneMedia)) throw new Error('The call has no media yet.');
  return handler;
}

async function untilEnded(session: Session): Promise<void> {
  await new Promise<void>((resolve) => {
    session.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) resolve();
    });
  });
}

async function renegotiate(inviter: Session, options: PhoneMediaOptions): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const onAnswer = ({ message }: IncomingResponse): void => resolve(message.statusCode ?? 0);
  await inviter.invite({
    sessionDescriptionHandlerOptions: options,
    requestDelegate: { onAccept: onAnswer, onReject: onAnswer },
  });
  return promise;
}
