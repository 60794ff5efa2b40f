import { createSocket } from 'node:dgram';
import type { PagePhone } from './support/phonePage.ts';
import { expect, test } from './support/fixture.ts';
import { PROSPECT_NUMBER, type ProspectPhone } from './support/prospectPhone.ts';
import { signInRaw } from './support/rawPhone.ts';
import { STRANGER_ADDRESS } from './support/realSwitch.ts';
import { FLOOD } from './support/sipp.ts';

const AUDIBLE_RMS = 0.01;
const CALLS = 100;
const MEGABYTE = 1_048_576;
const INVITES_PER_SECOND = 1_000;
const FLOOD_SECONDS = 5;

async function talk(phone: PagePhone, prospect: ProspectPhone): Promise<void> {
  await phone.dial(PROSPECT_NUMBER);
  await phone.until("snapshot.call?.state === 'talking'");
  await prospect.event('CALL_ESTABLISHED');
}

async function endCall(phone: PagePhone): Promise<void> {
  await phone.act('hangUp');
  await phone.until("snapshot.call?.state === 'ended'");
  await phone.saveOutcome();
}

test('100 calls one after another leave nothing behind: no heap, peer connection, dialog or media session', async ({
  lab,
  openPhone,
  prospect,
}) => {
  test.setTimeout(900_000);
  const phone = await openPhone();
  await phone.ready();
  // The first calls load what every later one needs.
  for (let call = 0; call < 5; call += 1) {
    await talk(phone, prospect);
    await endCall(phone);
    prospect.forgetEvents();
  }
  const heapBefore = await phone.heapBytes();
  for (let call = 0; call < CALLS; call += 1) {
    await talk(phone, prospect);
    await endCall(phone);
    prospect.forgetEvents();
  }
  const heapAfter = await phone.heapBytes();
  expect((heapAfter - heapBefore) / MEGABYTE).toBeLessThan(2);
  expect(await phone.openPeerConnections()).toBe(0);
  await expect.poll(() => lab.realSwitch.dialogs(), { timeout: 20_000 }).toBe(0);
  await expect.poll(() => lab.realSwitch.mediaSessions(), { timeout: 20_000 }).toBe(0);
  const kept = await lab.realSwitch.control('htable.stats');
  expect(/name: calls[^}]*?all: (\d+)/su.exec(kept)?.[1]).toBe('0');
});

test('1,000 INVITE/s from a stranger are dropped unheard, and the call that is up goes on', async ({
  lab,
  openPhone,
  startSipp,
  prospect,
}) => {
  const phone = await openPhone();
  await phone.ready();
  await talk(phone, prospect);
  const transactionsBefore = await lab.realSwitch.control('tm.stats');
  const flood = await startSipp({
    name: 'sipp-flood',
    scenario: FLOOD,
    address: STRANGER_ADDRESS,
    port: await freeUdpPort(),
    parameters: [
      ...['-r', String(INVITES_PER_SECOND), '-m', String(INVITES_PER_SECOND * FLOOD_SECONDS), '-nr'],
    ],
  });
  let isFlooding = true;
  const floodEnded = flood.ended.finally(() => {
    isFlooding = false;
  });
  const heard: number[] = [];
  while (isFlooding) heard.push(...(await Promise.all([phone.receivedRms(), prospect.heardRms()])));
  expect(await floodEnded).toBe(0);
  expect(heard.length).toBeGreaterThan(4);
  expect(heard.filter((rms) => rms <= AUDIBLE_RMS)).toEqual([]);
  const created = (stats: string): number => Number(/created: (\d+)/u.exec(stats)?.[1]);
  // None of them became a transaction; the call's own keep-alive may.
  expect(created(await lab.realSwitch.control('tm.stats')) - created(transactionsBefore)).toBeLessThan(5);
  await endCall(phone);
  await talk(phone, prospect);
  await endCall(phone);
});

test('a flood over a phone’s own connection closes that connection alone', async ({
  lab,
  openPhone,
  prospect,
}) => {
  const phone = await openPhone();
  await phone.ready();
  await talk(phone, prospect);
  const { connect, sip } = await signInRaw(lab);
  const line = await connect();
  const closed = line.closed();
  for (let index = 0; index < INVITES_PER_SECOND; index += 1)
    line.sendText(inviteText(sip.addressOfRecord, index));
  await closed;
  expect(await phone.receivedRms()).toBeGreaterThan(AUDIBLE_RMS);
  expect(await prospect.heardRms()).toBeGreaterThan(AUDIBLE_RMS);
  expect((await phone.snapshot()).phoneState).toBe('ready');
  await endCall(phone);
});

function inviteText(from: string, index: number): string {
  return [
    `INVITE ${from.replace(/^sip:[^@]+/u, `sip:${PROSPECT_NUMBER}`)} SIP/2.0`,
    `Via: SIP/2.0/WSS flood.invalid;branch=z9hG4bKflood${index}`,
    'Max-Forwards: 70',
    `From: <${from}>;tag=flood${index}`,
    `To: <sip:${PROSPECT_NUMBER}@flood.invalid>`,
    `Call-ID: flood-${index}`,
    'CSeq: 1 INVITE',
    'Contact: <sip:flood@flood.invalid;transport=ws>',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** sipp binds the port that it is told, on the stranger's address. */
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, STRANGER_ADDRESS, resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}
