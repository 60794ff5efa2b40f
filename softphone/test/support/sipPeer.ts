import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { SipMessage } from './sipMessage.ts';
import { headerOf, methodOf, parameterOf, parseSip, responseText, writeSip } from './sipMessage.ts';

const ANSWER_SDP =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=sendrecv\r\n';
const REALM = 'phone.example';
export const CHALLENGE = `Digest realm="${REALM}", nonce="n1", algorithm=MD5`;

interface Respond {
  (status: number, options?: { headers?: readonly string[]; body?: string }): void;
}

/** What the peer does with a new call; by default it rings and answers. */
export type InviteScript = (invite: SipMessage, respond: Respond) => void;

/** A call that the peer placed to the phone. */
export interface InboundCall {
  readonly invite: SipMessage;
  /** The phone's next answer of this status to the INVITE, from now on. */
  answered(status: number): Promise<SipMessage>;
  cancel(headers?: readonly string[]): void;
  hangUp(): void;
}

export interface SipPeer {
  readonly url: string;
  readonly received: SipMessage[];
  /** Passwords by user name, for the digest. */
  readonly passwords: Map<string, string>;
  grantedSeconds: number;
  /** Refuses every REGISTER with this status, whatever its credentials. */
  registerStatus: number | undefined;
  onInvite: InviteScript;
  /** The answers to the next re-INVITEs, 200 when there are none. */
  readonly reinviteStatuses: number[];
  /** The answer to every REFER. */
  referStatus: number;
  /** Takes everything and says nothing, as a dead link does. */
  isSilent: boolean;
  /** The next request of this method from now on. */
  next(method: string): Promise<SipMessage>;
  methods(): string[];
  /** Answers this request of the phone now, as a slow switch does that was silent when it came. */
  respond: (request: SipMessage, ...answer: Parameters<Respond>) => void;
  /** Sends BYE in the dialog of this INVITE of the phone. */
  hangUp(invite: SipMessage): void;
  /** Tells the result of a REFER in the dialog of this INVITE of the phone. */
  notify(invite: SipMessage, status: number, headers?: readonly string[]): void;
  /** Sends another request in the dialog of this INVITE of the phone, with a body of SDP where there is one. */
  request(method: string, invite: SipMessage, headers?: readonly string[]): void;
  /** The phone's next answer to a request of this method, from now on. */
  nextAnswer(method: string): Promise<SipMessage>;
  /** Calls the registered phone. */
  call(headers: readonly string[], caller?: string): InboundCall;
  /** Cuts the connection without a word. */
  drop(): void;
  close(): Promise<void>;
}

/**
 * The far end of the phone's SIP, written from the RFC and not with SIP.js, so that both do not share a mistake.
 * It knows one phone at a time.
 */
export async function startSipPeer(): Promise<SipPeer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' });
  await once(server, 'listening');
  const arrivals = new EventEmitter();
  let socket: WebSocket | undefined;
  const pending = new Map<string, Respond>();
  const answers = new EventEmitter();
  let contact = '';
  let counter = 0;

  function send(text: string): void {
    socket?.send(text);
  }

  function answer(message: SipMessage): void {
    const respond: Respond = (status, options) => send(responseText(message, status, options));
    switch (methodOf(message)) {
      case 'REGISTER':
        register(message, respond);
        break;
      case 'INVITE':
        if (headerOf(message, 'to').includes(';tag=')) reinvite(respond);
        else {
          pending.set(headerOf(message, 'call-id'), respond);
          respond(100);
          peer.onInvite(message, respond);
        }
        break;
      case 'CANCEL':
        respond(200);
        pending.get(headerOf(message, 'call-id'))?.(487);
        break;
      case 'ACK':
        break;
      case 'REFER':
        respond(peer.referStatus);
        break;
      default:
        respond(200);
    }
  }

  function register(message: SipMessage, respond: Respond): void {
    if (peer.registerStatus !== undefined) return respond(peer.registerStatus);
    if (!isAuthorized(message, peer.passwords))
      return respond(401, { headers: [`WWW-Authenticate: ${CHALLENGE}`] });
    contact = headerOf(message, 'contact').replace(/;expires=\d+/u, '');
    const isRemoval = /;expires=0/u.test(headerOf(message, 'contact'));
    respond(200, { headers: isRemoval ? [] : [`Contact: ${contact};expires=${peer.grantedSeconds}`] });
  }

  function reinvite(respond: Respond): void {
    const status = peer.reinviteStatuses.shift() ?? 200;
    if (status === 200) respond(200, { headers: [CONTACT, SDP_TYPE], body: ANSWER_SDP });
    else respond(status);
  }

  server.on('connection', (connected) => {
    socket = connected;
    connected.on('message', (data) => {
      const text = String(data);
      if (text.trim() === '') return;
      const message = parseSip(text);
      if (message.startLine.startsWith('SIP/2.0')) {
        const method = headerOf(message, 'cseq').split(' ')[1] ?? '';
        answers.emit(method, message);
        answers.emit(`${headerOf(message, 'call-id')} ${message.startLine.split(' ')[1]}`, message);
        return;
      }
      peer.received.push(message);
      if (!peer.isSilent) answer(message);
      arrivals.emit(methodOf(message), message);
    });
  });

  const peer: SipPeer = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    passwords: new Map(),
    grantedSeconds: 600,
    registerStatus: undefined,
    onInvite: ringAndAnswer,
    reinviteStatuses: [],
    isSilent: false,
    next: async (method) => {
      const [message] = (await once(arrivals, method)) as [SipMessage];
      return message;
    },
    methods: () => peer.received.map(methodOf),
    respond: (request, ...answer) => send(responseText(request, ...answer)),
    referStatus: 202,
    hangUp: (invite) => peer.request('BYE', invite),
    notify(invite, status, headers = []) {
      const state = status < 200 ? 'active;expires=60' : 'terminated;reason=noresource';
      const about = ['Event: refer', `Subscription-State: ${state}`, 'Content-Type: message/sipfrag'];
      send(
        requestText('NOTIFY', invite, [...about, ...headers], (counter += 1), `SIP/2.0 ${status} Result\r\n`),
      );
    },
    request: (method, invite, headers) => send(requestText(method, invite, headers ?? [], (counter += 1))),
    async nextAnswer(method) {
      const [message] = (await once(answers, method)) as [SipMessage];
      return message;
    },
    call(headers, caller = '+13035550142') {
      counter += 1;
      const target = /<([^>]+)>/u.exec(contact)?.[1] ?? '';
      const callId = `inbound-${counter}`;
      const via = `Via: SIP/2.0/WS peer.invalid;branch=z9hG4bKin${counter}`;
      const parties = [`From: <sip:${caller}@phone.example>;tag=peer`, `Call-ID: ${callId}`];
      const text = writeSip(
        `INVITE ${target} SIP/2.0`,
        [
          via,
          'Max-Forwards: 70',
          ...parties,
          `To: <${target}>`,
          'CSeq: 1 INVITE',
          CONTACT,
          SDP_TYPE,
          ...headers,
        ],
        ANSWER_SDP,
      );
      let to = `To: <${target}>`;
      const end = (method: string, sequence: number, branch: string, extra: readonly string[] = []): void =>
        send(
          writeSip(`${method} ${target} SIP/2.0`, [
            branch,
            'Max-Forwards: 70',
            ...parties,
            to,
            `CSeq: ${sequence} ${method}`,
            ...extra,
          ]),
        );
      answers.on(`${callId} 200`, (message: SipMessage) => {
        if (!headerOf(message, 'cseq').endsWith('INVITE')) return;
        to = `To: ${headerOf(message, 'to')}`;
        end('ACK', 1, `${via}ack`);
      });
      send(text);
      return {
        invite: parseSip(text),
        async answered(status) {
          const [message] = (await once(answers, `${callId} ${status}`)) as [SipMessage];
          return message;
        },
        cancel: (extra) => end('CANCEL', 1, via, extra),
        hangUp: () => end('BYE', 2, `${via}bye`),
      };
    },
    drop: () => socket?.terminate(),
    async close() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
  return peer;
}

const CONTACT = 'Contact: <sip:peer@peer.invalid;transport=ws>';
const SDP_TYPE = 'Content-Type: application/sdp';

/** 180, then 200. */
export const ringAndAnswer: InviteScript = (_invite, respond) => {
  respond(180, { headers: [CONTACT] });
  respond(200, { headers: [CONTACT, SDP_TYPE], body: ANSWER_SDP });
};

/** 180, and nothing more. */
export const ringOnly: InviteScript = (_invite, respond) => respond(180, { headers: [CONTACT] });

/** A request of the peer in the dialog that this INVITE of the phone began. */
function requestText(
  method: string,
  invite: SipMessage,
  headers: readonly string[],
  sequence: number,
  body?: string,
): string {
  const contact = /<([^>]+)>/u.exec(headerOf(invite, 'contact'))?.[1] ?? '';
  return writeSip(
    `${method} ${contact} SIP/2.0`,
    [
      `Via: SIP/2.0/WS peer.invalid;branch=z9hG4bK${method}${sequence}`,
      'Max-Forwards: 70',
      `From: ${headerOf(invite, 'to')};tag=peer`,
      `To: ${headerOf(invite, 'from')}`,
      `Call-ID: ${headerOf(invite, 'call-id')}`,
      `CSeq: ${sequence} ${method}`,
      CONTACT,
      ...headers,
    ],
    body,
  );
}

/** The digest without qop (RFC 2617, 3.2.2.1). */
function isAuthorized(message: SipMessage, passwords: ReadonlyMap<string, string>): boolean {
  const header = headerOf(message, 'authorization');
  const username = parameterOf(header, 'username');
  const password = passwords.get(username);
  if (password === undefined) return false;
  const first = md5(`${username}:${REALM}:${password}`);
  const second = md5(`REGISTER:${parameterOf(header, 'uri')}`);
  return parameterOf(header, 'response') === md5(`${first}:n1:${second}`);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
