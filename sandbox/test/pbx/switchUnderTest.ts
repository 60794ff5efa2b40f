import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createSwitch, type LocalSwitch, type SwitchCallView } from '../../src/pbx/index.ts';
import { type RelayReceiver, SIGNING_KEY, startRelayReceiver } from './relayReceiver.ts';
import {
  connectPhone,
  CREDENTIAL_SECRET,
  DOMAIN,
  ORG_ID,
  PERMIT_SECRET,
  type PhoneOptions,
  type RepPhone,
} from './repPhone.ts';

export interface SwitchUnderTest {
  readonly localSwitch: LocalSwitch;
  readonly relay: RelayReceiver;
  readonly voicemailDirectory: string;
  readonly url: string;
  readonly logged: readonly string[];
  connect(options?: Partial<PhoneOptions>): Promise<RepPhone>;
  /** A phone that is registered. */
  phone(options?: Partial<PhoneOptions>): Promise<RepPhone>;
  view(callId: string): SwitchCallView;
}

/** A switch whose prospects wait a hundredth of their time, and a relay for its events; both end with the test. */
export async function startSwitch(
  test: TestContext,
  options: { readonly timeScale?: number } = {},
): Promise<SwitchUnderTest> {
  const relay = await startRelayReceiver();
  const logged: string[] = [];
  const voicemailDirectory = await mkdtemp(join(tmpdir(), 'scoreline-voicemails-'));
  const localSwitch = await createSwitch({
    port: 0,
    orgId: ORG_ID,
    domain: DOMAIN,
    credentialSecret: CREDENTIAL_SECRET,
    permitSecret: PERMIT_SECRET,
    relayUrl: relay.url,
    signingKey: SIGNING_KEY,
    voicemailDirectory,
    log: (text) => logged.push(text),
    timeScale: options.timeScale ?? 0.01,
  });
  const url = `ws://127.0.0.1:${localSwitch.port}`;
  const phones: RepPhone[] = [];
  const connect = async (phoneOptions: Partial<PhoneOptions> = {}): Promise<RepPhone> => {
    const phone = await connectPhone({ url, ...phoneOptions });
    phones.push(phone);
    return phone;
  };
  test.after(async () => {
    await Promise.all(phones.map((phone) => phone.close()));
    await localSwitch.close();
    await relay.close();
    await rm(voicemailDirectory, { recursive: true, force: true });
  });
  return {
    localSwitch,
    voicemailDirectory,
    relay,
    url,
    logged,
    connect,
    async phone(phoneOptions) {
      const phone = await connect(phoneOptions);
      const { statusCode } = await phone.register();
      if (statusCode !== 200) throw new Error(`Registration answered ${statusCode}.`);
      return phone;
    },
    view(callId) {
      const view = localSwitch.calls().find((call) => call.callId === callId);
      if (view === undefined) throw new Error('The switch knows no such call.');
      return view;
    },
  };
}
