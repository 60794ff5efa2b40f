import { connect } from 'node:tls';
import { expect, test } from './support/fixture.ts';
import { PROSPECT_NUMBER } from './support/prospectPhone.ts';
import { SWITCH_ADDRESS } from './support/realSwitch.ts';

test('through TURN alone both ends hear each other', async ({ openPhone, prospect }) => {
  const phone = await openPhone(0, { relayOnly: true });
  await phone.ready();
  await phone.dial(PROSPECT_NUMBER);
  await phone.until("snapshot.call?.state === 'talking'");
  await prospect.event('CALL_ESTABLISHED');
  await expect.poll(() => phone.receivedRms(), { timeout: 10_000 }).toBeGreaterThan(0.01);
  await expect.poll(() => prospect.heardRms(), { timeout: 10_000 }).toBeGreaterThan(0.01);
  expect((await phone.selectedCandidates()).map(({ local }) => local)).toEqual(['relay']);
  await phone.act('hangUp');
  await phone.saveOutcome();
});

test('preflight: a media server that answers is in order, as are microphone, connection and codec', async ({
  openPhone,
}) => {
  const phone = await openPhone(0);
  await phone.ready();
  await phone.act('runPreflight');
  const { preflight } = await phone.until(
    "snapshot.preflight?.some(({ check, result }) => check === 'codec' && result !== 'running')",
  );
  expect(preflight?.slice(0, 4)).toEqual(
    ['microphone', 'socket', 'turn', 'codec'].map((check) => ({ check, result: 'passed' })),
  );
});

test('TURN is offered over TLS too, by the certificate of the switch', async ({ lab }) => {
  const socket = connect({ host: SWITCH_ADDRESS, port: lab.ports.turns, servername: 'localhost' });
  await new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  expect(socket.authorized).toBe(true);
  expect(['TLSv1.2', 'TLSv1.3']).toContain(socket.getProtocol());
  socket.destroy();
});
