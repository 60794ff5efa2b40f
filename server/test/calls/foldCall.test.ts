import assert from 'node:assert/strict';
import { test } from 'node:test';
import { END_CAUSES, ENDED_BY, OUTCOME_CODES, WITNESSES } from '@scoreline/contract';
import type { NetworkEvent, OutcomeCode, Witness } from '@scoreline/contract';
import fc from 'fast-check';
import { foldCall, type LedgerEvent } from '../../src/calls/index.ts';
import {
  answeredCall,
  busyCall,
  endedEvent,
  inboundCall,
  measuredEvent,
  missedCall,
  networkEvent,
  outcomeEvent,
  voicemailEvent,
} from '../callEvents.ts';

const seen = (witness: Witness, events: readonly NetworkEvent[]): LedgerEvent[] =>
  events.map((event) => ({ ...event, witness }));
const said = (...events: ReturnType<typeof outcomeEvent>[]): LedgerEvent[] =>
  events.map((event) => ({ ...event, witness: 'softphone' }));

test('a permit alone is a call that nobody dialed', () => {
  const facts = foldCall([], true);
  assert.equal(facts.state, 'permitted');
  assert.equal(facts.evidence, 'pending');
  assert.equal(facts.startedAt, null);
});

test('without a reporting switch the softphone’s account is reported, not verified', () => {
  const facts = foldCall(seen('softphone', answeredCall(65_900)), false);
  assert.equal(facts.evidence, 'reported');
  assert.equal(facts.networkWitness, null);
  assert.equal(facts.talkSeconds, 65);
  assert.equal(facts.ringSeconds, 4);
  assert.equal(facts.startedAt, '2026-10-05T14:30:00.000Z');
});

test('where a switch reports, the softphone alone leaves the call pending', () => {
  assert.equal(foldCall(seen('softphone', answeredCall(65_000)), true).evidence, 'pending');
});

test('the switch’s figures replace the softphone’s and verify the call', () => {
  const events = [...seen('softphone', answeredCall(1_200_000)), ...seen('switch', answeredCall(61_000))];
  const facts = foldCall(events, true);
  assert.equal(facts.evidence, 'verified');
  assert.equal(facts.talkSeconds, 61);
  assert.equal(facts.networkWitness, 'switch');
});

test('the carrier wins over the switch', () => {
  const events = [...seen('switch', answeredCall(61_000)), ...seen('carrier', answeredCall(58_000))];
  assert.equal(foldCall(events, true).talkSeconds, 58);
  assert.equal(foldCall(events, true).networkWitness, 'carrier');
});

test('a carrier that has not seen the end does not hide a switch that has', () => {
  const events = [
    ...seen('switch', answeredCall(61_000)),
    ...seen('carrier', answeredCall(61_000).slice(0, 2)),
  ];
  assert.equal(foldCall(events, true).evidence, 'verified');
  assert.equal(foldCall(events, true).networkWitness, 'switch');
});

test('a conversation claimed on a busy call is contradicted and counts no talk', () => {
  const events = [
    ...seen('softphone', answeredCall(1_200_000)),
    ...seen('switch', busyCall()),
    ...said(outcomeEvent(5, 1_210_000)),
  ];
  const facts = foldCall(events, true);
  assert.equal(facts.evidence, 'contradicted');
  assert.equal(facts.talkSeconds, 0);
  assert.equal(facts.answered, false);
  assert.equal(facts.endCause, 'busy');
});

test('an outcome of conversation alone contradicts a network that saw no answer', () => {
  const events = [...seen('switch', busyCall()), ...said(outcomeEvent(1, 9_000))];
  assert.equal(foldCall(events, true).evidence, 'contradicted');
  const honest = [...seen('switch', busyCall()), ...said(outcomeEvent(1, 9_000, { outcome: 'busy' }))];
  assert.equal(foldCall(honest, true).evidence, 'verified');
});

test('a crashed softphone leaves the network’s account standing', () => {
  const events = [
    ...seen('softphone', answeredCall(9_000).slice(0, 3)),
    ...seen('switch', answeredCall(9_000)),
  ];
  const facts = foldCall(events, true);
  assert.equal(facts.state, 'ended');
  assert.equal(facts.evidence, 'verified');
});

test('ringing and busy after the end are ignored', () => {
  const late = [
    ...answeredCall(61_000),
    networkEvent(5, 90_000, 'ringing'),
    endedEvent(6, 91_000, 'busy'),
    networkEvent(7, 92_000, 'answered'),
  ];
  assert.deepEqual(
    foldCall(seen('switch', late), true),
    foldCall(seen('switch', answeredCall(61_000)), true),
  );
});

test('an end seen by one witness is not taken back by another that is behind', () => {
  const events = [
    ...seen('softphone', answeredCall(61_000)),
    ...seen('switch', answeredCall(61_000).slice(0, 1)),
  ];
  const facts = foldCall(events, true);
  assert.equal(facts.state, 'ended');
  assert.equal(facts.evidence, 'pending');
});

test('hold is not talk, whether it was resumed or hung up in', () => {
  const resumed = [
    networkEvent(1, 0, 'dialed'),
    networkEvent(2, 2_000, 'answered'),
    networkEvent(3, 12_000, 'held'),
    networkEvent(4, 13_000, 'held'),
    networkEvent(5, 42_000, 'resumed'),
    endedEvent(6, 62_000),
  ];
  assert.equal(foldCall(seen('switch', resumed), true).holdSeconds, 30);
  assert.equal(foldCall(seen('switch', resumed), true).talkSeconds, 30);
  const hungUp = [...resumed.slice(0, 3), endedEvent(4, 20_000)];
  assert.equal(foldCall(seen('switch', hungUp), true).holdSeconds, 8);
  assert.equal(foldCall(seen('switch', hungUp), true).talkSeconds, 10);
});

test('the latest outcome counts, and work after the call ends with the first', () => {
  const events = [
    ...seen('softphone', answeredCall(10_000)),
    ...said(outcomeEvent(6, 600_000, { outcome: 'noInterest' }), outcomeEvent(5, 25_000)),
  ];
  const facts = foldCall(events, false);
  assert.equal(facts.outcome, 'noInterest');
  assert.equal(facts.afterCallSeconds, 10);
});

const byHand = (talkMs: number, changes: Parameters<typeof outcomeEvent>[2] = {}): LedgerEvent[] =>
  [...answeredCall(talkMs), outcomeEvent(5, 5_000 + talkMs, changes)].map((event) => ({
    ...event,
    witness: 'hand',
  }));
const edited = (sequence: number, afterSequence: number, outcome: OutcomeCode): LedgerEvent => ({
  ...outcomeEvent(sequence, 0, { outcome, afterSequence }),
  witness: 'org',
});

test('a call logged by hand is reported, whether or not a switch reports for the org', () => {
  for (const networkReports of [true, false]) {
    const facts = foldCall(byHand(65_000, { outcome: 'callBack' }), networkReports);
    assert.deepEqual(
      [
        facts.state,
        facts.evidence,
        facts.networkWitness,
        facts.talkSeconds,
        facts.outcome,
        facts.outcomeWitness,
      ],
      ['ended', 'reported', null, 65, 'callBack', 'hand'],
    );
  }
});

test('what the softphone saw comes before what was logged by hand, and the switch before both', () => {
  const phone = [...byHand(900_000), ...seen('softphone', answeredCall(30_000))];
  assert.deepEqual([foldCall(phone, false).talkSeconds, foldCall(phone, true).evidence], [30, 'pending']);
  const facts = foldCall([...phone, ...seen('switch', answeredCall(28_000))], true);
  assert.deepEqual([facts.talkSeconds, facts.evidence], [28, 'verified']);
});

test('an edit in the org comes behind the outcome it replaced and before what the rep says later', () => {
  const line = seen('switch', answeredCall(30_000));
  const first = said(outcomeEvent(5, 40_000, { outcome: 'noInterest' }));
  const later = said(outcomeEvent(6, 90_000, { outcome: 'callBack' }));
  const edits = [edited(1, 5, 'voicemail'), edited(2, 5, 'meeting')];
  assert.equal(foldCall([...line, ...edits, ...first], true).outcome, 'meeting');
  assert.equal(foldCall([...line, ...edits, ...first], true).outcomeWitness, 'org');
  assert.equal(foldCall([...line, ...later, ...edits, ...first], true).outcome, 'callBack');
  assert.equal(foldCall([...line, ...later, ...edits, edited(3, 6, 'busy'), ...first], true).outcome, 'busy');
});

test('an edit in the org says nothing of the line: neither evidence nor seconds move', () => {
  const before = foldCall([...seen('switch', answeredCall(30_000)), ...said(outcomeEvent(5, 40_000))], true);
  const edits = [edited(1, 5, 'noInterest')];
  const facts = foldCall(
    [...edits, ...seen('switch', answeredCall(30_000)), ...said(outcomeEvent(5, 40_000))],
    true,
  );
  assert.deepEqual({ ...facts, outcome: 'meeting', outcomeWitness: 'softphone' }, before);
});

test('a call that came in has the figures of one that was placed', () => {
  const facts = foldCall(
    [...seen('softphone', inboundCall(66_000)), ...seen('switch', inboundCall(65_000))],
    true,
  );
  const placed = foldCall(
    [...seen('softphone', answeredCall(66_000)), ...seen('switch', answeredCall(65_000))],
    true,
  );
  assert.deepEqual(facts, placed);
  assert.equal(foldCall(seen('switch', inboundCall(1_000).slice(0, 1)), true).state, 'dialing');
});

test('a message that the caller left is the switch’s to tell, and lengthens no ringing', () => {
  const events = [...missedCall(), voicemailEvent(4, 45_000, 14)];
  const facts = foldCall(seen('switch', events), true);
  assert.deepEqual(
    [facts.voicemailSeconds, facts.ringSeconds, facts.answered, facts.endCause],
    [14, 20, false, 'noAnswer'],
  );
  assert.equal(foldCall(seen('softphone', events), true).voicemailSeconds, null);
  assert.equal(foldCall(seen('switch', [voicemailEvent(4, 45_000, 14)]), true).startedAt, null);
});

test('what the phone measured stands beside the call and moves nothing of the line', () => {
  const line = seen('switch', answeredCall(65_000));
  const figures = { mos: 4.1, rttMs: 80, lossPercent: 0.4, talkRatio: 0.62, longestMonologueSeconds: 41 };
  const measured = seen('softphone', [measuredEvent(9, 900_000, figures)]);
  const { measured: known, ...facts } = foldCall([...measured, ...line], true);
  const { measured: none, ...before } = foldCall(line, true);
  assert.deepEqual(facts, before);
  assert.deepEqual([{ ...known }.mos, { ...known }.longestMonologueSeconds, none], [4.1, 41, null]);
  assert.equal(foldCall([...seen('switch', [measuredEvent(9, 0, figures)]), ...line], true).measured, null);
});

test('a transferred call lasts until the rep left it', () => {
  const events = [...answeredCall(40_000).slice(0, 3), endedEvent(4, 45_000, 'transferred')];
  const facts = foldCall([...seen('softphone', events), ...seen('switch', events)], true);
  assert.deepEqual([facts.talkSeconds, facts.endCause, facts.evidence], [40, 'transferred', 'verified']);
});

const anyNetworkEvent = fc
  .tuple(
    fc.constantFrom(...WITNESSES),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 0, max: 900_000 }),
    fc.constantFrom(
      'dialed',
      'offered',
      'ringing',
      'answered',
      'held',
      'resumed',
      'ended',
      'voicemail',
      'measured',
      'outcome',
    ),
    fc.constantFrom(...END_CAUSES),
    fc.constantFrom(...ENDED_BY),
    fc.constantFrom(...OUTCOME_CODES),
  )
  .map(([witness, sequence, elapsedMs, kind, cause, endedBy, outcome]): LedgerEvent => {
    const at = new Date(Date.UTC(2026, 0, 1) + elapsedMs).toISOString();
    const envelope = { sequence, elapsedMs, at };
    if (kind === 'ended')
      return { ...envelope, witness: witness === 'org' ? 'switch' : witness, kind, cause, endedBy };
    if (kind === 'outcome') {
      if (witness === 'org') return { ...envelope, witness, kind, outcome, afterSequence: elapsedMs % 10 };
      return { ...envelope, witness: witness === 'hand' ? witness : 'softphone', kind, outcome };
    }
    const seer = witness === 'org' ? 'switch' : witness;
    if (kind === 'voicemail') return { ...envelope, witness: seer, kind, seconds: sequence };
    if (kind === 'measured') return { ...envelope, witness: seer, kind, rttMs: elapsedMs % 500 };
    return { ...envelope, witness: seer, kind };
  });
const anyLedger = fc.uniqueArray(anyNetworkEvent, {
  maxLength: 20,
  selector: ({ witness, sequence }) => `${witness} ${sequence}`,
});

test('any order and any number of copies give the same facts', () => {
  fc.assert(
    fc.property(
      anyLedger,
      fc.boolean(),
      fc.infiniteStream(fc.nat(1_000)),
      (events, networkReports, numbers) => {
        const copies = [...events, ...events.filter(() => (numbers.next().value ?? 0) % 2 === 0)];
        const shuffled = copies
          .map((event) => ({ event, place: numbers.next().value ?? 0 }))
          .sort((one, other) => one.place - other.place)
          .map(({ event }) => event);
        assert.deepEqual(foldCall(shuffled, networkReports), foldCall(events, networkReports));
      },
    ),
    { numRuns: 500 },
  );
});

test('no duration is negative and an ended call stays ended whatever comes', () => {
  fc.assert(
    fc.property(anyLedger, anyLedger, fc.boolean(), (before, later, networkReports) => {
      const taken = new Set(before.map(({ witness, sequence }) => `${witness} ${sequence}`));
      const lastSequences = later
        .map((event) => ({ ...event, sequence: event.sequence + 100 }))
        .filter(({ witness, sequence }) => !taken.has(`${witness} ${sequence}`));
      const facts = foldCall([...before, ...lastSequences], networkReports);
      for (const seconds of [
        facts.ringSeconds,
        facts.talkSeconds,
        facts.holdSeconds,
        facts.afterCallSeconds ?? 0,
      ])
        assert.ok(seconds >= 0);
      if (foldCall(before, networkReports).state === 'ended') assert.equal(facts.state, 'ended');
    }),
    { numRuns: 500 },
  );
});
