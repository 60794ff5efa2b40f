import { MOST_DIALS_TO_A_NUMBER } from '@scoreline/contract';
import { EXCLUDED_CALL, type Contribution } from './contribution.ts';

/** What a rep's calls with one number came to, on one day so far. */
export interface DayWithNumber {
  readonly calls: number;
  readonly dials: number;
  readonly connect: boolean;
  readonly conversation: boolean;
  readonly meeting: boolean;
}

export const NOTHING_BEFORE: DayWithNumber = {
  calls: 0,
  dials: 0,
  connect: false,
  conversation: false,
  meeting: false,
};

export function withCall(before: DayWithNumber, call: Contribution): DayWithNumber {
  return {
    calls: before.calls + 1,
    dials: before.dials + call.dials,
    connect: before.connect || call.connects > 0,
    conversation: before.conversation || call.conversations > 0,
    meeting: before.meeting || call.meetings > 0,
  };
}

const NO_DIAL = { dials: 0, ringSeconds: 0, handledDials: 0, handleSeconds: 0, handleSecondsSquared: 0 };
const NO_TALK = {
  talkSeconds: 0,
  talkSecondsSquared: 0,
  connectTalkSeconds: 0,
  connectTalkSecondsSquared: 0,
};

/**
 * What a call adds after others of the same day with the same number: the connect, the conversation and the meeting that
 * none of them was, and its talk time only then. Its dial counts while nobody was reached, up to the contract's number of
 * dials: who is rung again as agreed costs no connect rate, and who is rung all day brings no dials.
 *
 * @param alone what the call would add by itself
 */
export function afterOthers(alone: Contribution, before: DayWithNumber): Contribution {
  if (before.calls === 0) return alone;
  const connects = before.connect ? 0 : alone.connects;
  const conversations = before.conversation ? 0 : alone.conversations;
  const meetings = before.meeting ? 0 : alone.meetings;
  const isFurther = connects + conversations + meetings > 0;
  const isDial = !before.connect && (before.dials < MOST_DIALS_TO_A_NUMBER || connects > 0);
  if (alone.dials > 0 && !isDial && !isFurther) return EXCLUDED_CALL;
  return {
    ...alone,
    ...(isDial ? {} : NO_DIAL),
    ...(isFurther ? {} : NO_TALK),
    connects,
    conversations,
    meetings,
  };
}
