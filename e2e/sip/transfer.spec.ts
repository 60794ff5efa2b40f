import { expect, test } from './support/fixture.ts';
import { switchDetail } from './support/ledger.ts';
import { PROSPECT_NUMBER } from './support/prospectPhone.ts';
import { CARRIER_ADDRESS } from './support/realSwitch.ts';
import { TAKES_A_TRANSFER } from './support/sipp.ts';

test('a blind transfer reaches the carrier with its number, and ends the rep’s leg as transferred', async ({
  lab,
  openPhone,
  startSipp,
}) => {
  const carrier = await startSipp({
    name: 'sipp-transfer',
    scenario: TAKES_A_TRANSFER,
    address: CARRIER_ADDRESS,
    port: lab.ports.carrier,
    parameters: ['-m', '1', '-trace_logs', '-log_file', `${lab.directory}/transfer.log`],
  });
  const phone = await openPhone();
  await phone.ready();
  await phone.dial(PROSPECT_NUMBER);
  const { call } = await phone.until("snapshot.call?.state === 'talking'");
  await phone.act('transfer', '+1 303 555 0143');
  const ended = await phone.until("snapshot.call?.state === 'ended'");
  expect(ended.call).toMatchObject({ endCause: 'transferred' });
  // sipp fails when it is not asked as its scenario says.
  expect(await carrier.ended).toBe(0);
  await phone.saveOutcome();
  await expect
    .poll(() => switchDetail(lab.chain, call?.callId ?? ''))
    .toMatchObject({ cause: 'transferred', endedBy: 'rep' });
});
