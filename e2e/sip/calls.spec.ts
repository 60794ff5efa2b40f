import type { PagePhone } from './support/phonePage.ts';
import { PROSPECT_NUMBER, type ProspectPhone } from './support/prospectPhone.ts';
import { expect, test } from './support/fixture.ts';
import { evidenceOf, switchDetail } from './support/ledger.ts';
import { CARRIER_ADDRESS, SWITCH_ADDRESS } from './support/realSwitch.ts';
import { RtpEar } from './support/rtpEar.ts';
import { IS_HELD } from './support/sipp.ts';

/** Sound louder than this is somebody; silence in G.711 is below 0.001. */
const AUDIBLE_RMS = 0.01;

async function bothHear(phone: PagePhone, prospect: Pick<ProspectPhone, 'heardRms'>): Promise<void> {
  await expect.poll(() => phone.receivedRms(), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE_RMS);
  await expect.poll(() => prospect.heardRms(), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE_RMS);
}

async function talk(phone: PagePhone, prospect: ProspectPhone): Promise<string> {
  await phone.ready();
  await phone.dial(PROSPECT_NUMBER);
  const { call } = await phone.until("snapshot.call?.state === 'talking'");
  await prospect.event('CALL_ESTABLISHED');
  await bothHear(phone, prospect);
  return call?.callId ?? '';
}

test('a call out is heard at both ends, and the switch’s own detail verifies it in the ledger', async ({
  lab,
  openPhone,
  prospect,
}) => {
  const phone = await openPhone();
  const callId = await talk(phone, prospect);
  await phone.act('hangUp');
  await prospect.event('CALL_CLOSED');
  await phone.saveOutcome();
  await expect
    .poll(() => switchDetail(lab.chain, callId))
    .toEqual({
      kinds: expect.arrayContaining(['dialed', 'answered', 'ended']),
      endedBy: 'rep',
      cause: 'completed',
      sipStatus: null,
    });
  await expect.poll(() => evidenceOf(lab.chain, callId)).toBe('verified');
  await expect.poll(() => lab.realSwitch.dialogs()).toBe(0);
  await expect.poll(() => lab.realSwitch.mediaSessions()).toBe(0);
});

test('on hold nothing is heard, after it both hear again, and the ledger knows of both', async ({
  lab,
  openPhone,
  startSipp,
}) => {
  const ear = await RtpEar.open(CARRIER_ADDRESS);
  const carrier = await startSipp({
    name: 'sipp-hold',
    scenario: IS_HELD,
    address: CARRIER_ADDRESS,
    port: lab.ports.carrier,
    // The switch's keep-alive, which comes in between, is no fault.
    parameters: ['-m', '1', '-key', 'ear_port', String(ear.port), '-default_behaviors', 'all,-abortunexp'],
  });
  const phone = await openPhone();
  await phone.ready();
  await phone.dial(PROSPECT_NUMBER);
  const { call } = await phone.until("snapshot.call?.state === 'talking'");
  const callId = call?.callId ?? '';
  await bothHear(phone, ear);
  await phone.act('setHeld', true);
  await phone.until("snapshot.call?.state === 'held'");
  await expect.poll(() => ear.heardRms(), { timeout: 10_000 }).toBeLessThan(0.001);
  await expect.poll(() => phone.receivedRms(), { timeout: 10_000 }).toBeLessThan(0.001);
  await phone.act('setHeld', false);
  await phone.until("snapshot.call?.state === 'talking'");
  await bothHear(phone, ear);
  await phone.act('hangUp');
  // sipp fails when it is not asked as its scenario says.
  expect(await carrier.ended).toBe(0);
  ear.close();
  await phone.saveOutcome();
  await expect
    .poll(async () => (await switchDetail(lab.chain, callId)).kinds.slice(-4))
    .toEqual(['answered', 'held', 'resumed', 'ended']);
  await expect.poll(() => evidenceOf(lab.chain, callId)).toBe('verified');
});

test('keys pressed fast are heard at the other end in their order', async ({ openPhone, prospect }) => {
  const phone = await openPhone();
  await talk(phone, prospect);
  for (const key of ['1', '2', '3', '4', '#']) await phone.act('sendDigit', key);
  let heard = '';
  await expect.poll(() => (heard += prospect.takeDigits()), { timeout: 10_000 }).toBe('1234#');
  await phone.act('hangUp');
  await phone.saveOutcome();
});

test('the prospect hangs up: the phone says so, and the ledger who did', async ({
  lab,
  openPhone,
  prospect,
}) => {
  const phone = await openPhone();
  const callId = await talk(phone, prospect);
  prospect.command('hangup');
  const { call } = await phone.until("snapshot.call?.state === 'ended'");
  expect(call).toMatchObject({ endedBy: 'prospect', endCause: 'completed' });
  await phone.saveOutcome();
  await expect.poll(() => switchDetail(lab.chain, callId)).toMatchObject({ endedBy: 'prospect' });
});

test('a call in rings at the registered phone with an id of the switch’s own, and both hear each other', async ({
  lab,
  openPhone,
  prospect,
}) => {
  const phone = await openPhone();
  await phone.ready();
  const [rep] = lab.chain.people.reps;
  prospect.command('dial', `sip:${rep?.userId ?? ''}@${SWITCH_ADDRESS}:${lab.ports.sip}`);
  const { call } = await phone.until(
    "snapshot.call?.direction === 'inbound' && snapshot.call.state === 'ringing'",
  );
  const callId = call?.callId ?? '';
  expect(callId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u);
  expect(Math.abs(Number.parseInt(callId.replace('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(
    60_000,
  );
  expect(call?.request.number).toBe(PROSPECT_NUMBER);
  await phone.act('answer', callId);
  await phone.until("snapshot.call?.state === 'talking'");
  await prospect.event('CALL_ESTABLISHED');
  await bothHear(phone, prospect);
  prospect.command('hangup');
  await phone.until("snapshot.call?.state === 'ended'");
  await phone.saveOutcome();
  await expect
    .poll(() => switchDetail(lab.chain, callId))
    .toMatchObject({ kinds: ['offered', 'ringing', 'answered', 'ended'], endedBy: 'prospect' });
  await expect.poll(() => evidenceOf(lab.chain, callId)).toBe('verified');
});

test('the connection drops in mid-call: voice is back both ways, and the far end’s BYE arrives', async ({
  openPhone,
  prospect,
}) => {
  const phone = await openPhone();
  await talk(phone, prospect);
  await phone.dropSocket();
  await phone.until("snapshot.phoneState !== 'ready'");
  await phone.ready();
  await bothHear(phone, prospect);
  prospect.command('hangup');
  const { call } = await phone.until("snapshot.call?.state === 'ended'");
  expect(call).toMatchObject({ endedBy: 'prospect', endCause: 'completed' });
  await phone.saveOutcome();
});

test('detail that the relay could not take is kept, and verifies the call once it is back', async ({
  lab,
  openPhone,
  prospect,
}) => {
  const phone = await openPhone();
  const callId = await talk(phone, prospect);
  await lab.chain.webs[0]?.takeDown();
  await phone.act('hangUp');
  await prospect.event('CALL_CLOSED');
  await expect.poll(async () => await lab.realSwitch.kamailio.log()).toContain('events wait');
  await lab.chain.webs[0]?.start();
  await expect
    .poll(async () => (await switchDetail(lab.chain, callId)).kinds.at(-1), { timeout: 20_000 })
    .toBe('ended');
  await phone.saveOutcome();
  await expect.poll(() => evidenceOf(lab.chain, callId)).toBe('verified');
});
