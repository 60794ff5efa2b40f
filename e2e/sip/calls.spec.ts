import { PROSPECT_NUMBER } from './support/prospectPhone.ts';
import { expect, test } from './support/fixture.ts';

/** Sound louder than this is somebody; silence in G.711 is below 0.001. */
const AUDIBLE_RMS = 0.01;

test('the phone registers, calls out, and both ends hear each other', async ({ lab, openPhone }) => {
  const phone = await openPhone();
  await phone.ready();
  await phone.dial(PROSPECT_NUMBER);
  await phone.until("snapshot.call?.state === 'talking'");
  await lab.prospect.event('CALL_ESTABLISHED');
  await expect.poll(() => phone.receivedRms(), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE_RMS);
  await expect.poll(() => lab.prospect.heardRms(2), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE_RMS);
  await phone.act('hangUp');
  await lab.prospect.event('CALL_CLOSED');
});
