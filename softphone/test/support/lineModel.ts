import type { LineEvent } from '../../src/ports/callGateway.ts';
import type { MemoryLine } from './memoryGateway.ts';

/** What really is on a line of the memory switch: the truth that the screen must not contradict. */
export interface LineModel {
  readonly callId: string;
  readonly isInbound: boolean;
  readonly line: MemoryLine;
  state: 'new' | 'dialing' | 'ringing' | 'up' | 'ended';
  isHeld: boolean;
}

/** The questions to the switch that it has not answered yet, oldest first. */
function openQuestions({ line }: LineModel): string[] {
  return line.asked.filter((asked) => /^(?:hold|resume|transfer|transferTo|join|answer)\b/u.test(asked));
}

/**
 * Lets the switch or the far end do something that fits the line's state; `choice` picks among what it can do.
 * Returns false where nothing can happen any more.
 */
export function happen(model: LineModel, choice: number, all: readonly LineModel[]): boolean {
  const possible = eventsOf(model);
  const step = possible[choice % Math.max(1, possible.length)];
  if (step === undefined) return false;
  if (step.answers !== undefined) model.line.asked.splice(model.line.asked.indexOf(step.answers), 1);
  apply(model, step.event);
  if (step.event.kind === 'ended' && step.answers?.startsWith('transferTo') === true) {
    const other = all.find(({ callId }) => step.answers?.endsWith(callId));
    if (other !== undefined) apply(other, step.event);
  }
  return true;
}

function apply(model: LineModel, event: LineEvent): void {
  if (model.state === 'ended') return;
  if (event.kind === 'ended') model.state = 'ended';
  else if (event.kind === 'dialing' || event.kind === 'ringing') model.state = event.kind;
  else if (event.kind === 'answered') model.state = 'up';
  else if (event.kind === 'held') model.isHeld = true;
  else if (event.kind === 'resumed') model.isHeld = false;
  model.line.report(event);
}

interface Step {
  readonly event: LineEvent;
  /** The question that it answers. */
  readonly answers?: string;
}

const TRANSFERRED: LineEvent = { kind: 'ended', cause: 'transferred', endedBy: 'rep' };

function eventsOf(model: LineModel): Step[] {
  const { state, isInbound } = model;
  const givenUp: LineEvent = isInbound
    ? { kind: 'ended', cause: 'cancelled', endedBy: 'prospect' }
    : { kind: 'ended', cause: 'busy', endedBy: 'network', sipStatus: 486 };
  switch (state) {
    case 'new':
      return [{ event: { kind: 'dialing' } }];
    case 'dialing':
      return [
        { event: { kind: 'ringing', bringsSound: false } },
        { event: { kind: 'answered' } },
        { event: givenUp },
      ];
    case 'ringing': {
      const isAnswering = model.line.asked.includes('answer');
      const answered: Step = { event: { kind: 'answered' }, ...(isInbound ? { answers: 'answer' } : {}) };
      return [...(isInbound && !isAnswering ? [] : [answered]), { event: givenUp }];
    }
    case 'up':
      return [
        ...openQuestions(model).flatMap(answersTo),
        { event: { kind: 'ended', cause: 'completed', endedBy: 'prospect' } },
      ];
    case 'ended':
      return [];
  }
}

function answersTo(asked: string): Step[] {
  switch (asked.split(' ')[0]) {
    case 'hold':
      return [
        { event: { kind: 'held' }, answers: asked },
        { event: { kind: 'holdRefused' }, answers: asked },
      ];
    case 'resume':
      return [
        { event: { kind: 'resumed' }, answers: asked },
        { event: { kind: 'holdRefused' }, answers: asked },
      ];
    case 'transfer':
    case 'transferTo':
      return [
        { event: TRANSFERRED, answers: asked },
        { event: { kind: 'transferRefused', error: 'transferRefused' }, answers: asked },
      ];
    case 'join':
      return [
        { event: { kind: 'joined' }, answers: asked },
        { event: { kind: 'joinRefused', error: 'conferenceRefused' }, answers: asked },
      ];
    default:
      return [];
  }
}
