import { ANONYMOUS_USER, CALL_ID_HEADER } from '@scoreline/contract';
import { Core, type Invitation, Inviter, URI, UserAgent, type SessionDescriptionHandler } from 'sip.js';
import type { AdmittedCall } from './admission.ts';
import type { Connection } from './connection.ts';
import type { Reply } from './reply.ts';
import { ServerTransport } from './serverTransport.ts';

/** What a request that belongs to no call gets: an answer at once, a call, or SIP.js's own treatment. */
export type Screening =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'call'; readonly call: AdmittedCall }
  | { readonly kind: 'pass' };

export interface AgentOptions {
  readonly domain: string;
  readonly createMedia: () => SessionDescriptionHandler;
  /** Judges a request outside any call. */
  readonly screen: (message: Core.IncomingRequestMessage) => Screening;
  readonly onCall: (invitation: Invitation, call: AdmittedCall) => void;
}

/** The switch's side of one phone's signalling: a SIP.js user agent that answers for every number. */
export interface Agent {
  /** Takes a message. One that makes no sense is dropped. */
  receive(text: string): void;
  /** Whether the message belongs to a call or transaction of this agent. */
  owns(text: string): boolean;
  attach(connection: Connection | undefined): void;
  /** Prepares an INVITE to a phone on this connection; without `from` the caller's number is withheld. */
  invite(phone: InvitedPhone): Inviter;
  stop(): Promise<void>;
}

export interface InvitedPhone {
  readonly userId: string;
  readonly contactUri: string;
  readonly callId: string;
  readonly from: string | undefined;
}

const IN_CALL_METHODS: readonly string[] = ['ACK', 'BYE', 'INFO', 'INVITE', 'OPTIONS', 'REFER'];

export function createAgent(options: AgentOptions): Agent {
  const transports: ServerTransport[] = [];
  const userAgent = new UserAgent({
    uri: new URI('sip', 'switch', options.domain),
    transportConstructor: class extends ServerTransport {
      constructor() {
        super();
        transports.push(this);
      }
    },
    sessionDescriptionHandlerFactory: () => options.createMedia(),
    gracefulShutdown: false,
    sendInitialProvisionalResponse: false,
    logBuiltinEnabled: false,
    logConfiguration: false,
    userAgentString: 'Scoreline local switch',
    delegate: {
      onInvite: (invitation) => {
        const call = admitted.get(invitation.request);
        if (call === undefined) void invitation.reject({ statusCode: 403 });
        else options.onCall(invitation, call);
      },
    },
  });
  const admitted = new WeakMap<Core.IncomingRequestMessage, AdmittedCall>();
  const core = userAgent.userAgentCore;
  screenRequests(core, options, (message, call) => admitted.set(message, call));
  const started = userAgent.start();
  const logger = userAgent.getLogger('switch');

  return {
    receive(text) {
      try {
        userAgent.transport.onMessage?.(text);
      } catch {
        // SIP.js throws at some nonsense (a scheme it doesn't know, a header it can't take): to a switch that is noise.
      }
    },
    owns(text) {
      const message = parse(text, logger);
      if (message instanceof Core.IncomingResponseMessage)
        return message.via?.host === userAgent.configuration.viaHost;
      if (message === undefined) return false;
      const dialogId = `${message.callId}${message.toTag}${message.fromTag}`;
      return core.userAgentServers.has(message.viaBranch) || core.dialogs.has(dialogId);
    },
    attach(connection) {
      transports.forEach((transport) => transport.attach(connection));
      forgetLostAcknowledgements(core);
    },
    invite({ callId, contactUri, from, userId }) {
      const target = UserAgent.makeURI(contactUri);
      if (target === undefined) throw new Error('The contact is no SIP address.');
      return new Inviter(userAgent, target, {
        params: {
          fromUri: new URI('sip', from ?? ANONYMOUS_USER, options.domain),
          toUri: new URI('sip', userId, options.domain),
        },
        extraHeaders: [`${CALL_ID_HEADER}: ${callId}`],
      });
    },
    async stop() {
      await started;
      await userAgent.stop();
    },
  };
}

/** Puts the switch's own judgement in front of SIP.js's. */
function screenRequests(
  core: Core.UserAgentCore,
  { screen }: AgentOptions,
  admit: (message: Core.IncomingRequestMessage, call: AdmittedCall) => void,
): void {
  const proceed = core.receiveIncomingRequestFromTransport.bind(core);
  const answer = (message: Core.IncomingRequestMessage, { headers, statusCode }: Reply): void => {
    core.replyStateless(message, { statusCode, extraHeaders: [...headers] });
  };
  core.receiveIncomingRequestFromTransport = (message) => {
    if (message.ruri === undefined) return;
    // SIP.js answers 404 for any number but its own; a switch answers for all of them.
    core.configuration.aor = message.ruri;
    if (core.userAgentServers.has(message.viaBranch)) proceed(message);
    else if (message.toTag) {
      if (IN_CALL_METHODS.includes(message.method)) proceed(message);
      else answer(message, { statusCode: 501, headers: [] });
    } else {
      const screening = screen(message);
      if (screening.kind === 'reply') answer(message, screening.reply);
      else {
        if (screening.kind === 'call') admit(message, screening.call);
        proceed(message);
      }
    }
  };
}

/**
 * The ACK of a re-INVITE may have been lost with the connection. The phone will not send it again, and SIP.js would
 * refuse every later re-INVITE with 500 while it waits for it.
 */
function forgetLostAcknowledgements(core: Core.UserAgentCore): void {
  for (const dialog of core.dialogs.values())
    if (dialog instanceof Core.SessionDialog) dialog.reinviteUserAgentServer = undefined;
}

function parse(
  text: string,
  logger: Core.Logger,
): Core.IncomingRequestMessage | Core.IncomingResponseMessage | undefined {
  try {
    return Core.Parser.parseMessage(text, logger);
  } catch {
    return undefined;
  }
}
