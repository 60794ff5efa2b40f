import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createEventNumbering } from '../../src/pbx/callProgress.ts';
import { type CallReporter, createCallReporter } from '../../src/pbx/callReporter.ts';
import { type RelayReceiver, SIGNING_KEY, startRelayReceiver } from './relayReceiver.ts';
import { MAYA, newCallId, ORG_ID } from './repPhone.ts';
import { startSwitch } from './switchUnderTest.ts';

interface Reporting {
  readonly reporter: CallReporter;
  readonly logged: readonly string[];
}

function startReporter(t: TestContext, relayUrl: string, signingKey = SIGNING_KEY): Reporting {
  const logged: string[] = [];
  const reporter = createCallReporter({
    relayUrl,
    orgId: ORG_ID,
    signingKey,
    log: (text) => logged.push(text),
  });
  t.after(() => reporter.close(0));
  return { reporter, logged };
}

/** Reports a call of this many events and returns its id. */
function reportCall(reporter: CallReporter, events: number): string {
  const callId = newCallId();
  const tell = createEventNumbering((event) =>
    reporter.report({ callId, userId: MAYA, direction: 'outbound', numberE164: '+13035550101' }, event),
  );
  for (let sequence = 1; sequence <= events; sequence += 1)
    tell({ kind: sequence % 2 === 0 ? 'held' : 'resumed' });
  return callId;
}

function sequencesOf(relay: RelayReceiver, callId: string): number[] {
  return relay.events.filter((entry) => entry.callId === callId).map(({ event }) => event.sequence);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('a relay that was down gets every event once and in order', async (t) => {
  const first = await startRelayReceiver();
  await first.close();
  const { reporter } = startReporter(t, first.url);
  const callId = reportCall(reporter, 250);
  const relay = await startRelayReceiver(first.port);
  t.after(() => relay.close());
  await reporter.close(10_000);
  assert.deepEqual(sequencesOf(relay, callId), upTo(250));
  assert.ok(relay.requests >= 3, 'in batches of 100 at most');
  assert.equal(reporter.unsent, 0);
});

test('events are sent again after errors that may pass and a lost answer', async (t) => {
  const relay = await startRelayReceiver();
  t.after(() => relay.close());
  relay.refuseNext('databaseUnavailable', 'tooManyRequests', 'answerLost', 'signatureInvalid');
  const { logged, reporter } = startReporter(t, relay.url);
  const callId = reportCall(reporter, 3);
  await reporter.close(20_000);
  assert.deepEqual(sequencesOf(relay, callId), upTo(3));
  assert.ok(logged.some((text) => text.includes('403 signatureInvalid')));
});

test('an event that can never be stored is dropped, those around it are not', async (t) => {
  const relay = await startRelayReceiver();
  t.after(() => relay.close());
  relay.neverStore(({ event }) => event.sequence === 5);
  const { logged, reporter } = startReporter(t, relay.url);
  const callId = reportCall(reporter, 8);
  await reporter.close(10_000);
  assert.deepEqual(sequencesOf(relay, callId), [1, 2, 3, 4, 6, 7, 8]);
  assert.equal(reporter.unsent, 0);
  assert.deepEqual([...new Set(logged)], ['the relay refuses events: 400 invalidRequest']);
});

test('events signed with a wrong key are kept, not dropped', async (t) => {
  const relay = await startRelayReceiver();
  t.after(() => relay.close());
  const { logged, reporter } = startReporter(t, relay.url, 'another key');
  reportCall(reporter, 2);
  await reporter.close(600);
  assert.equal(reporter.unsent, 2);
  assert.equal(relay.events.length, 0);
  assert.deepEqual(logged, [
    'the relay refuses events: 403 signatureInvalid',
    '2 events did not reach the relay',
  ]);
});

test('a call placed while the relay is down is told in full once it is back', async (t) => {
  const { localSwitch, phone: newPhone, relay } = await startSwitch(t);
  relay.refuseNext('unexpected', 'databaseUnavailable', 'unexpected');
  const phone = await newPhone();
  const call = phone.dial('+13035550101');
  await call.answered;
  await call.media.heard(3);
  await call.inviter.bye();
  await relay.received(call.callId, 'ended');
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ringing', 'answered', 'ended']);
  await phone.unregister();
  await localSwitch.close();
  assert.equal(localSwitch.unsentEvents, 0);
});
