import type { ErrorName } from '@scoreline/contract';
import type { SessionDescriptionHandlerFactory } from 'sip.js';
import { TransportState, UserAgent, UserAgentState } from 'sip.js';
import { PhoneError } from '../domain/phoneError.ts';
import type { AudioStreams } from '../ports/audioDevices.ts';
import type { CallGateway, InboundOffer, SipAccount } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { giveUpReinvites, sendAgain } from './lostRequests.ts';
import { PhoneDescriptionHandler } from './phoneDescriptionHandler.ts';
import type { PingWatchdog } from './pingWatchdog.ts';
import { createPingWatchdog } from './pingWatchdog.ts';
import type { Registration } from './registration.ts';
import { createRegistration } from './registration.ts';
import { offerOf } from './inboundLine.ts';
import { createLineMicrophone } from './lineMicrophone.ts';
import { placeCall, preparedFor } from './outboundLine.ts';
import type { LineContext, SipLine } from './sipLine.ts';

const CONNECT_TIMEOUT_SECONDS = 5;
const CLOSE_TIMEOUT_MS = 2_000;
/** A path that is only interrupted mostly comes back by itself within this time. */
const CUT_OFF_AFTER_MS = 500;

export interface SipGatewayParts {
  readonly audio: AudioStreams;
  readonly clock: Clock;
  readonly reportFault: ReportFault;
  /** Whether the page's own policy keeps it from an address that could not be reached. */
  readonly isAddressRefused: (url: string) => Promise<boolean>;
}

interface Agent {
  readonly userAgent: UserAgent;
  readonly registration: Registration;
  readonly watchdog: PingWatchdog;
  readonly lines: Set<SipLine>;
  account: SipAccount;
  /** Set from a drop until the calls that lived through it are restored. */
  wasDropped: boolean;
}

/** The switch over SIP and WebSocket, by SIP.js. One user agent lives as long as the address does. */
export function createSipGateway(parts: SipGatewayParts): CallGateway {
  const { clock, reportFault } = parts;
  let agent: Agent | undefined;
  let tellLost: (error: ErrorName) => void = () => undefined;
  let tellOffered: (offer: InboundOffer) => void = (offer) => offer.refuse();
  parts.audio.onMicrophoneReplaced(() => {
    for (const line of agent?.lines ?? []) line.takeMicrophone();
  });

  function agentFor(account: SipAccount): Agent {
    if (agent !== undefined && isSameAddress(agent.account, account)) {
      agent.account = account;
      // SIP.js reads them at each challenge.
      agent.userAgent.configuration.authorizationUsername = account.authorizationUsername;
      agent.userAgent.configuration.authorizationPassword = account.authorizationPassword;
      return agent;
    }
    if (agent !== undefined) disconnect(agent, reportFault);
    agent = createAgent(account);
    return agent;
  }

  function createAgent(account: SipAccount): Agent {
    const userAgent = createUserAgent(account, (session) => preparedFor(session) ?? describe(created));
    const created: Agent = {
      userAgent,
      registration: createRegistration(userAgent, clock, {
        onLapsed: (error) => {
          if (agent === created) tellLost(error);
        },
        onSilent: giveUp,
      }),
      watchdog: createPingWatchdog(userAgent, clock, giveUp),
      lines: new Set(),
      account,
      wasDropped: false,
    };
    userAgent.delegate = {
      onInvite: (invitation) => {
        const offer = offerOf(contextOf(created), invitation, (line) => created.lines.add(line));
        if (offer !== undefined) tellOffered(offer);
      },
      onDisconnect: () => {
        created.watchdog.stop();
        created.wasDropped = true;
        giveUpReinvites(userAgent.userAgentCore);
        if (created.registration.drop() && agent === created) tellLost('switchUnreachable');
      },
    };
    return created;

    function giveUp(): void {
      userAgent.transport.disconnect().catch(reportFault);
    }
  }

  /** What negotiates the sound of one call. */
  function describe(owner: Agent): PhoneDescriptionHandler {
    const logger = owner.userAgent.getLogger('sip.SessionDescriptionHandler');
    const microphone = createLineMicrophone(parts.audio);
    let stopWaiting = (): void => undefined;
    return new PhoneDescriptionHandler(logger, microphone, owner.account.iceServers, (state) => {
      stopWaiting();
      if (state !== 'disconnected' && state !== 'failed') return;
      stopWaiting = clock.after(state === 'failed' ? 0 : CUT_OFF_AFTER_MS, () => mend(owner));
    });
  }

  function registered(): Agent {
    if (agent?.registration.isCurrent() !== true) throw new PhoneError('switchUnreachable');
    return agent;
  }

  /** Finds a new way for the sound of the calls that have lost theirs. */
  function mend({ registration, lines }: Agent): void {
    if (!registration.isCurrent()) return;
    for (const line of [...lines]) if (line.isCutOff()) line.restore();
  }

  function contextOf({ userAgent, account, lines }: Agent): LineContext {
    return {
      userAgent,
      domain: account.domain,
      audio: parts.audio,
      clock,
      reportFault,
      findLine: (callId) => [...lines].find((line) => line.callId === callId),
      onFinished: (line) => lines.delete(line),
    };
  }

  return {
    async connect(account) {
      const current = agentFor(account);
      await connectTransport(current, parts.isAddressRefused);
      await current.registration.register();
      current.watchdog.start();
      if (!current.wasDropped) return;
      current.wasDropped = false;
      await sendAgain(current.userAgent.userAgentCore);
      for (const line of [...current.lines]) line.restore();
    },
    isRegistered: () => agent?.registration.isCurrent() === true,
    onLost(listener) {
      tellLost = listener;
    },
    onOffered(listener) {
      tellOffered = listener;
    },
    prepare(microphone) {
      const handler = describe(registered());
      handler.prepare(microphone);
      return handler;
    },
    place(order, listener, prepared) {
      const current = registered();
      const handler = prepared instanceof PhoneDescriptionHandler ? prepared : undefined;
      const line = placeCall(contextOf(current), order, listener, handler);
      current.lines.add(line);
      return line;
    },
    verify(isNetworkNew) {
      if (agent === undefined) return;
      const { userAgent, registration, lines, watchdog } = agent;
      if (!userAgent.isConnected()) {
        // An attempt that began without a network waits for seconds after it is back.
        if (userAgent.transport.state === TransportState.Connecting)
          userAgent.transport.disconnect().catch(reportFault);
        return;
      }
      watchdog.check();
      if (!registration.isCurrent() && registration.drop()) tellLost('switchUnreachable');
      else if (isNetworkNew) for (const line of [...lines]) line.restore();
      else mend(agent);
    },
    abandon() {
      const current = agent;
      agent = undefined;
      if (current === undefined) return;
      for (const line of [...current.lines]) line.abandon();
      disconnect(current, reportFault);
    },
    async close() {
      const current = agent;
      agent = undefined;
      if (current === undefined) return;
      for (const line of [...current.lines]) line.hangUp();
      if (current.userAgent.isConnected())
        await within(clock, CLOSE_TIMEOUT_MS, current.registration.unregister());
      disconnect(current, reportFault);
    },
  };
}

/** SIP.js logs its whole configuration, credentials included, unless both switches are off. */
function createUserAgent(
  account: SipAccount,
  sessionDescriptionHandlerFactory: SessionDescriptionHandlerFactory,
): UserAgent {
  const uri = UserAgent.makeURI(account.addressOfRecord);
  if (uri === undefined) throw new PhoneError('phoneNotSetUp');
  return new UserAgent({
    uri,
    authorizationUsername: account.authorizationUsername,
    authorizationPassword: account.authorizationPassword,
    logBuiltinEnabled: false,
    logConfiguration: false,
    gracefulShutdown: false,
    userAgentString: 'Scoreline',
    transportOptions: { server: account.webSocketUrl, connectionTimeout: CONNECT_TIMEOUT_SECONDS },
    sessionDescriptionHandlerFactory,
  });
}

async function connectTransport(
  { userAgent, account }: Agent,
  isAddressRefused: SipGatewayParts['isAddressRefused'],
): Promise<void> {
  if (userAgent.isConnected()) return;
  const connecting = userAgent.state === UserAgentState.Started ? userAgent.reconnect() : userAgent.start();
  // Chromium never closes a socket that the page's policy refuses, so that SIP.js would wait for ever.
  const refusal = isAddressRefused(account.webSocketUrl).then((isRefused) => {
    if (isRefused) throw new Error('The page’s policy refuses the address.');
    return connecting;
  });
  try {
    await Promise.race([connecting, refusal]);
  } catch (error) {
    const isRefused = await isAddressRefused(account.webSocketUrl);
    throw new PhoneError(isRefused ? 'addressNotTrusted' : 'switchUnreachable', { cause: error });
  }
}

function disconnect(agent: Agent, reportFault: ReportFault): void {
  agent.watchdog.stop();
  agent.registration.drop();
  agent.userAgent.delegate = {};
  agent.userAgent.transport.disconnect().catch(reportFault);
  agent.userAgent.userAgentCore.dispose();
}

function isSameAddress(left: SipAccount, right: SipAccount): boolean {
  return left.addressOfRecord === right.addressOfRecord && left.webSocketUrl === right.webSocketUrl;
}

/** Waits for the action, but not longer than the timeout. */
function within(clock: Clock, timeoutMs: number, action: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(timeoutMs, resolve);
    action.finally(stop).then(resolve, reject);
  });
}
