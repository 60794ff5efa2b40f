import type { NetworkEvent } from '@scoreline/contract';
import type { Invitation } from 'sip.js';
import { talkPrompt, voicemailPrompt } from './audio/prompts.ts';
import { atPace, prospectAt } from './prospects.ts';
import type { AdmittedCall } from './signalling/admission.ts';
import { runCall, type SimulatedCall, type SwitchCallView } from './simulatedCall.ts';

const REMEMBERED_CALLS = 50;

/** The calls of a switch: those in progress and the last that ended. */
export interface CallLog {
  /** Sends an admitted call to its prospect; it is one of `calls` until it ends. */
  begin(invitation: Invitation, call: AdmittedCall, calls: Set<SimulatedCall>): void;
  /** Oldest first. */
  views(): readonly SwitchCallView[];
}

/** @param timeScale what every wait of a prospect is multiplied by */
export function createCallLog(
  timeScale: number,
  onEvent: (call: AdmittedCall, event: NetworkEvent) => void,
): CallLog {
  const live = new Set<SimulatedCall>();
  const ended: SwitchCallView[] = [];
  const prompts = { talk: talkPrompt(), voicemail: voicemailPrompt() };
  return {
    begin(invitation, call, calls) {
      const simulated: SimulatedCall = runCall({
        invitation,
        call,
        prospect: atPace(prospectAt(call.numberE164), timeScale),
        prompts,
        onEvent,
        onEnded: () => {
          live.delete(simulated);
          calls.delete(simulated);
          ended.push(simulated.view);
          if (ended.length > REMEMBERED_CALLS) ended.shift();
        },
      });
      live.add(simulated);
      calls.add(simulated);
    },
    views: () => [...ended, ...[...live].map(({ view }) => view)],
  };
}
