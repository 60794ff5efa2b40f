/** An input of a choice, besides where it strikes and how often. */
export interface FaultInput {
  readonly name: 'milliseconds' | 'object' | 'field' | 'rejects' | 'value';
  readonly label: string;
  readonly type: 'text' | 'number';
  readonly initial: string;
}

/** A fault as the page offers it. */
export interface FaultChoice {
  readonly id: string;
  /** Of `/sandbox/faults`. */
  readonly kind: string;
  readonly label: string;
  readonly explanation: string;
  readonly inputs: readonly FaultInput[];
}

/** Where the relay writes calls and scorecards; the page itself reads elsewhere. */
export const INITIAL_PATH = '/composite';
/** Percent of the requests, or of the rows. */
export const INITIAL_SHARE = '100';

const object: FaultInput = { name: 'object', label: 'Object', type: 'text', initial: 'Task' };
const milliseconds: FaultInput = {
  name: 'milliseconds',
  label: 'Milliseconds',
  type: 'number',
  initial: '2000',
};
const field = (initial: string): FaultInput => ({ name: 'field', label: 'Field', type: 'text', initial });

function choice(
  kind: string,
  label: string,
  explanation: string,
  inputs: readonly FaultInput[] = [],
  id = kind,
): FaultChoice {
  return { id, kind, label, explanation, inputs };
}

/** Every kind of fault, in the order of the page. */
export const FAULT_CHOICES: readonly FaultChoice[] = [
  choice('unavailable', 'Org unavailable', 'Answers 503 and does nothing.'),
  choice('latency', 'Slow answers', 'Each request waits first.', [milliseconds]),
  choice(
    'timeOutBeforeCommit',
    'No answer, nothing saved',
    'The request is never answered, and nothing is done.',
  ),
  choice('timeOutAfterCommit', 'No answer, but saved', 'The changes are saved, and the answer never comes.'),
  choice('droppedSocket', 'Connection lost, nothing saved', 'The connection breaks before anything is done.'),
  choice('droppedAnswer', 'Connection lost, but saved', 'The changes are saved, and the connection breaks.'),
  choice('requestLimitExceeded', 'Daily requests used up', 'Answers 403 REQUEST_LIMIT_EXCEEDED.'),
  choice('expiredSession', 'Session expired', 'Ends the session, and answers 401.'),
  choice('lockedRow', 'Locked rows', 'That share of the rows answers UNABLE_TO_LOCK_ROW.'),
  choice(
    'deletedParent',
    'Parent deleted',
    'Deletes the contact or account that a row names, just before it is saved.',
  ),
  choice('hiddenField', 'Hidden field', 'Nobody may see the field.', [object, field('Call_Outcome__c')]),
  choice(
    'automation',
    'Validation rule',
    'Rejects that share of the rows with a message.',
    [object, { name: 'rejects', label: 'Message', type: 'text', initial: 'Log calls on open deals only' }],
    'automationRejects',
  ),
  choice(
    'automation',
    'Trigger',
    'Changes a field of that share of the rows after they are saved.',
    [object, field('Priority'), { name: 'value', label: 'Value', type: 'text', initial: 'High' }],
    'automationChanges',
  ),
];
