import { ERROR_HEADER } from '@scoreline/contract';
import type { RawSip, SipAnswer } from '../support/rawSip.ts';
import { newCallId } from '../support/relayClient.ts';
import { type SipLab, expect, test } from './support/fixture.ts';
import { PROSPECT_NUMBER } from './support/prospectPhone.ts';
import { credentialsUntil, signInRaw } from './support/rawPhone.ts';
import { SWITCH_DOMAIN } from './support/realSwitch.ts';

const DOMAIN_URI = `sip:${SWITCH_DOMAIN}`;
const PROSPECT_URI = `sip:${PROSPECT_NUMBER}@${SWITCH_DOMAIN}`;

const now = (): number => Math.floor(Date.now() / 1_000);
const errorOf = ({ headers }: SipAnswer): string | undefined => headers[ERROR_HEADER.toLowerCase()];

async function registered(
  lab: SipLab,
): Promise<{ line: RawSip; phone: Awaited<ReturnType<typeof signInRaw>> }> {
  const phone = await signInRaw(lab);
  const line = await phone.connect();
  expect((await line.request('REGISTER', DOMAIN_URI)).status).toBe(200);
  return { line, phone };
}

test('a wrong password is challenged again and never let in', async ({ lab, openPhone, page }) => {
  const { sip, connect } = await signInRaw(lab);
  const line = await connect({ ...sip, authorizationPassword: 'wrong' });
  expect((await line.request('REGISTER', DOMAIN_URI)).status).toBe(401);
  line.close();

  await page.route('**/v1/sessions', async (route) => {
    const answer = await route.fetch();
    const session = (await answer.json()) as { sip: object };
    await route.fulfill({
      response: answer,
      json: { ...session, sip: { ...session.sip, authorizationPassword: 'wrong' } },
    });
  });
  const phone = await openPhone(2);
  await phone.until("snapshot.error === 'registrationRefused'");
});

test('a credential that has expired, or was made to live too long, is refused by its name', async ({
  lab,
}) => {
  const { sip, connect } = await signInRaw(lab);
  for (const expiry of [now() - 5, now() + 700]) {
    const line = await connect(credentialsUntil(lab, sip, expiry));
    const answer = await line.request('REGISTER', DOMAIN_URI);
    expect(answer.status).toBe(403);
    expect(errorOf(answer)).toBe('tokenExpired');
    line.close();
  }
  const line = await connect(credentialsUntil(lab, sip, now() + 640));
  expect((await line.request('REGISTER', DOMAIN_URI)).status).toBe(200);
  line.close();
});

test('a registration does not outlive its credential', async ({ lab }) => {
  const { sip, connect } = await signInRaw(lab);
  const line = await connect(credentialsUntil(lab, sip, now() + 40));
  const answer = await line.request('REGISTER', DOMAIN_URI);
  expect(Number(/expires=(\d+)/u.exec(answer.headers['contact'] ?? '')?.[1])).toBeLessThanOrEqual(40);
  line.close();
});

test('nobody registers or calls under another’s address', async ({ lab }) => {
  const { phone } = await registered(lab);
  const other = lab.chain.people.reps[0]?.userId ?? '';
  const foreign = { ...phone.sip, addressOfRecord: `sip:${other}@${SWITCH_DOMAIN}` };
  const line = await phone.connect(foreign);
  expect((await line.request('REGISTER', DOMAIN_URI)).status).toBe(403);
  const { callId, permit } = await phone.permit(PROSPECT_NUMBER);
  const headers = [`X-Scoreline-Call: ${callId}`, `X-Scoreline-Permit: ${permit}`];
  expect((await line.request('INVITE', PROSPECT_URI, headers)).status).toBe(403);
  line.close();
});

test('a call without a permit, with a forged, foreign or expired one is refused by its name', async ({
  lab,
}) => {
  const { line, phone } = await registered(lab);
  const { callId, permit } = await phone.permit(PROSPECT_NUMBER);
  const attempt = async (uri: string, headers: readonly string[]): Promise<[number, string | undefined]> => {
    const answer = await line.request('INVITE', uri, headers);
    return [answer.status, errorOf(answer)];
  };
  const call = `X-Scoreline-Call: ${callId}`;
  expect(await attempt(PROSPECT_URI, [])).toEqual([403, 'permitMissing']);
  expect(await attempt(PROSPECT_URI, [call])).toEqual([403, 'permitMissing']);
  for (const [uri, ownCall, ownPermit] of [
    [PROSPECT_URI, call, `${permit.slice(0, -1)}${permit.endsWith('A') ? 'B' : 'A'}`],
    [`sip:+13035550143@${SWITCH_DOMAIN}`, call, permit],
    [PROSPECT_URI, `X-Scoreline-Call: ${newCallId()}`, permit],
    [PROSPECT_URI, call, permit.replace(/^v1\.\d+/u, `v1.${now() - 1}`)],
    [PROSPECT_URI, call, permit.replace(/^v1\.\d+/u, `v1.${now() + 86_400}`)],
  ] as const)
    expect(await attempt(uri, [ownCall, `X-Scoreline-Permit: ${ownPermit}`])).toEqual([403, 'permitInvalid']);
  line.close();
});

test('a permit is good for one INVITE', async ({ lab }) => {
  const { line, phone } = await registered(lab);
  const { callId, permit } = await phone.permit(PROSPECT_NUMBER);
  const headers = [`X-Scoreline-Call: ${callId}`, `X-Scoreline-Permit: ${permit}`];
  // Nobody is at the carrier: the call is placed and fails there.
  expect((await line.request('INVITE', PROSPECT_URI, headers)).status).not.toBe(403);
  const again = await line.request('INVITE', PROSPECT_URI, headers);
  expect([again.status, errorOf(again)]).toEqual([403, 'permitInvalid']);
  line.close();
});

test('a credential calls only on the connection it registered on', async ({ lab }) => {
  const { line, phone } = await registered(lab);
  const { callId, permit } = await phone.permit(PROSPECT_NUMBER);
  const headers = [`X-Scoreline-Call: ${callId}`, `X-Scoreline-Permit: ${permit}`];
  const thief = await phone.connect();
  expect((await thief.request('INVITE', PROSPECT_URI, headers)).status).toBe(403);
  thief.close();
  line.close();
});

test('a page of another site can’t open the switch', async ({ lab }) => {
  const { sip, connect } = await signInRaw(lab);
  for (const origin of [`${lab.pageUrl}.attacker.test`, 'null', 'https://attacker.test'])
    await expect(connect(sip, origin)).rejects.toThrow('refused the WebSocket');
});

test('a rep who may not call any more is refused at once', async ({ lab }) => {
  const { line, phone } = await registered(lab);
  const { callId, permit } = await phone.permit(PROSPECT_NUMBER);
  const userId = /^sip:([^@]+)@/u.exec(phone.sip.addressOfRecord)?.[1] ?? '';
  await lab.realSwitch.control('htable.sets', 'denied', userId, 'yes');
  const headers = [`X-Scoreline-Call: ${callId}`, `X-Scoreline-Permit: ${permit}`];
  expect((await line.request('INVITE', PROSPECT_URI, headers)).status).toBe(403);
  await lab.realSwitch.control('htable.delete', 'denied', userId);
  expect((await line.request('REGISTER', DOMAIN_URI)).status).toBe(200);
  line.close();
});
