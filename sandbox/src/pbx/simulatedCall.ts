import type { EndCause, EndedBy, NetworkEvent } from '@scoreline/contract';
import { type Invitation, type SessionDelegate, SessionState } from 'sip.js';
import { CallMedia } from './audio/callMedia.ts';
import type { Prompt } from './audio/prompts.ts';
import { type CallProgress, type CallProgressFacts, createCallProgress } from './callProgress.ts';
import type { AnsweringProspect, Prospect } from './prospects.ts';
import type { AdmittedCall } from './signalling/admission.ts';
import { audioDirection } from './signalling/sessionDescription.ts';

/** A call as the switch sees it, for tests and the curious. */
export interface SwitchCallView extends AdmittedCall, CallProgressFacts {
  readonly receivedPackets: number;
  readonly sentPackets: number;
  /** The root mean square of the sound received, 0 to 1: of the whole call, and of the last second that arrived. */
  readonly receivedRms: number;
  readonly recentReceivedRms: number;
  /** The keys the rep pressed. */
  readonly receivedKeys: string;
}

export interface SimulatedCallOptions {
  readonly invitation: Invitation;
  readonly call: AdmittedCall;
  readonly prospect: Prospect;
  readonly prompts: Readonly<Record<AnsweringProspect['voice'], Prompt>>;
  readonly onEvent: (call: AdmittedCall, event: NetworkEvent) => void;
  readonly onEnded: () => void;
}

export interface SimulatedCall {
  readonly view: SwitchCallView;
  /** Since when nothing was heard of the phone, in milliseconds; undefined while it is held or not answered. */
  readonly silentMs: number | undefined;
  /** Ends it from the network's side: BYE, or a refusal when it was not answered yet. Resolves when BYE is answered. */
  drop(): Promise<void>;
}

/** Plays the prospect at the far end of one call and tells what a switch sees of it. */
export function runCall(options: SimulatedCallOptions): SimulatedCall {
  const { call, invitation, prospect } = options;
  const progress = createCallProgress((event) => options.onEvent(call, event));
  let media: CallMedia | undefined;
  let nextAct: NodeJS.Timeout | undefined;

  const end = (endedBy: EndedBy, cause: EndCause, sipStatus?: number): boolean => {
    const isEnd = progress.end(endedBy, cause, sipStatus);
    if (isEnd) {
      clearTimeout(nextAct);
      options.onEnded();
    }
    return isEnd;
  };
  const refuse = (endedBy: EndedBy, cause: EndCause, statusCode: number): void => {
    if (end(endedBy, cause, statusCode)) invitation.reject({ statusCode }).catch(() => undefined);
  };
  const hangUp = async (endedBy: EndedBy, cause: EndCause): Promise<void> => {
    if (end(endedBy, cause)) await sayGoodbye(invitation);
  };
  const answer = async ({ hangsUpAfterMs, voice }: AnsweringProspect): Promise<void> => {
    await invitation.accept();
    // A CANCEL may have come in between.
    if (invitation.state !== SessionState.Established) return;
    progress.answer();
    media?.play(options.prompts[voice]);
    if (hangsUpAfterMs !== undefined)
      nextAct = setTimeout(() => void hangUp('prospect', 'completed'), hangsUpAfterMs);
  };

  invitation.delegate = followPhone(progress, end, (handler) => {
    media = handler;
  });
  // Whatever else ends the session: no ACK came, or the INVITE expired.
  invitation.stateChange.addListener((state) => {
    if (state === SessionState.Terminated) end('network', 'failed');
  });

  if (prospect.kind === 'answers' || prospect.rings) {
    invitation.progress({ statusCode: 180 }).catch(() => undefined);
    progress.ring();
  }
  if (prospect.kind === 'refuses') {
    const { afterMs, cause, endedBy, sipStatus } = prospect;
    nextAct = setTimeout(() => refuse(endedBy, cause, sipStatus), afterMs);
  } else
    nextAct = setTimeout(() => void answer(prospect).catch(() => end('network', 'failed')), prospect.ringMs);

  return {
    get view() {
      return { ...call, ...progress.facts, ...measured(media) };
    },
    get silentMs() {
      if (progress.facts.state !== 'talking' || media?.lastReceivedAtMs === undefined) return undefined;
      return performance.now() - media.lastReceivedAtMs;
    },
    async drop() {
      if (invitation.state === SessionState.Established) await hangUp('network', 'failed');
      else refuse('network', 'failed', 503);
    },
  };
}

/** What the phone does within the call. */
function followPhone(
  progress: CallProgress,
  end: (endedBy: EndedBy, cause: EndCause, sipStatus?: number) => boolean,
  onMedia: (media: CallMedia) => void,
): SessionDelegate {
  return {
    onSessionDescriptionHandler: (handler) => {
      if (handler instanceof CallMedia) onMedia(handler);
    },
    onInvite: (request, _response, statusCode) => {
      if (statusCode !== 200 || request.body === '') return;
      const direction = audioDirection(request.body);
      progress.hold(direction === 'sendonly' || direction === 'inactive');
    },
    onCancel: () => {
      end('rep', 'cancelled', 487);
    },
    onBye: (bye) => {
      bye.accept().catch(() => undefined);
      end('rep', 'completed');
    },
  };
}

/** Sends BYE and waits for its answer. */
async function sayGoodbye(invitation: Invitation): Promise<void> {
  await new Promise<void>((resolve) => {
    const requestDelegate = { onAccept: () => resolve(), onReject: () => resolve() };
    invitation.bye({ requestDelegate }).catch(() => resolve());
  });
}

function measured(
  media: CallMedia | undefined,
): Omit<SwitchCallView, keyof AdmittedCall | keyof CallProgressFacts> {
  return {
    receivedPackets: media?.received.packets ?? 0,
    sentPackets: media?.sentPackets ?? 0,
    receivedRms: media?.received.rms ?? 0,
    recentReceivedRms: media?.received.recentRms ?? 0,
    receivedKeys: media?.keys ?? '',
  };
}
