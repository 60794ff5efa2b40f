import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import {
  type CallEvent,
  type NetworkEvent,
  type OutcomeCode,
  SWITCH_SIGNATURE_HEADER,
  switchSignatureText,
} from '@scoreline/contract';
import type { Acknowledgement, PermitResponse, SessionResponse } from '@scoreline/contract/wire';
import { SignJWT, importPKCS8 } from 'jose';
import { login } from './login.ts';
import type { RunningSandbox, SandboxUser } from './sandbox.ts';

/** An answer of the relay, whatever its status. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

export interface OrgTokenChanges {
  readonly issuer?: string;
  readonly audience?: string;
  readonly expiresInSeconds?: number;
  readonly nonce?: string;
}

/** Posts JSON, or raw text, to the relay and reads what it says. */
export async function post<Body>(
  sandbox: RunningSandbox,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${sandbox.relayUrl}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

/** The token that Apex would sign for this person. */
async function orgTokenOf(sandbox: RunningSandbox, user: SandboxUser): Promise<string> {
  const { accessToken } = await login(sandbox.url, user.userId);
  const response = await fetch(`${sandbox.url}/lightning/apex/RelaySession/createToken`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${accessToken}` },
    body: '{}',
  });
  return (await response.json()) as string;
}

/** A token signed with the org's own key, with claims of the test's choosing. */
export async function signOrgToken(
  sandbox: Pick<RunningSandbox, 'relayUrl' | 'secrets'>,
  orgId: string,
  user: SandboxUser,
  changes: OrgTokenChanges = {},
): Promise<string> {
  const key = await importPKCS8(sandbox.secrets.orgCertificate.privateKey, 'RS256');
  const expiresAt = Math.floor(Date.now() / 1000) + (changes.expiresInSeconds ?? 120);
  return await new SignJWT({ nonce: changes.nonce ?? randomUUID() })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(changes.issuer ?? orgId)
    .setSubject(user.userId)
    .setAudience(changes.audience ?? sandbox.relayUrl)
    .setIssuedAt(expiresAt - 120)
    .setExpirationTime(expiresAt)
    .sign(key);
}

/** A signed-in phone without a screen. */
export class RelayClient {
  readonly session: SessionResponse;
  readonly #sandbox: RunningSandbox;

  constructor(sandbox: RunningSandbox, session: SessionResponse) {
    this.#sandbox = sandbox;
    this.session = session;
  }

  static async signIn(sandbox: RunningSandbox, user: SandboxUser): Promise<RelayClient> {
    const orgToken = await orgTokenOf(sandbox, user);
    const { body } = await post<SessionResponse>(sandbox, '/v1/sessions', { orgToken });
    return new RelayClient(sandbox, body);
  }

  get authorization(): Record<string, string> {
    return { Authorization: `Bearer ${this.session.relayToken}` };
  }

  permit(callId: string, number: string, recordId?: string): Promise<Answer<PermitResponse>> {
    return post(
      this.#sandbox,
      '/v1/calls',
      { callId, number, ...(recordId === undefined ? {} : { recordId }) },
      this.authorization,
    );
  }

  sendEvents(callId: string, events: readonly NetworkEvent[]): Promise<Answer<Acknowledgement>> {
    return post(this.#sandbox, `/v1/calls/${callId}/events`, { events }, this.authorization);
  }

  sendOutcome(
    callId: string,
    sequence: number,
    outcome: OutcomeCode,
    note: string,
  ): Promise<Answer<Acknowledgement>> {
    const event: CallEvent = { ...momentAt(100, sequence), kind: 'outcome', outcome, note };
    return post(this.#sandbox, `/v1/calls/${callId}/outcome`, event, this.authorization);
  }

  /** Reports as the switch or the carrier does, signed with its key. */
  sendDetail(
    callId: string,
    witness: 'switch' | 'carrier',
    events: readonly NetworkEvent[],
  ): Promise<Answer<{ stored: number; duplicates: number }>> {
    const { orgId, userId } = this.session;
    const text = JSON.stringify({
      orgId,
      witness,
      events: events.map((event) => ({ callId, userId, event })),
    });
    return post(this.#sandbox, '/v1/switch/events', text, signatureOf(this.#sandbox.secrets.switchKey, text));
  }
}

/** The header that a switch signs its detail with. */
export function signatureOf(switchKey: string, text: string): Record<string, string> {
  const epochSeconds = Math.floor(Date.now() / 1000);
  const mac = createHmac('sha256', switchKey).update(switchSignatureText(epochSeconds, text)).digest('hex');
  return { [SWITCH_SIGNATURE_HEADER]: `t=${epochSeconds},v1=${mac}` };
}

/** What a witness saw of a call that was answered and talked for some seconds. */
export function talkedFor(talkSeconds: number): NetworkEvent[] {
  return [
    { ...momentAt(0, 1), kind: 'dialed' },
    { ...momentAt(1, 2), kind: 'ringing' },
    { ...momentAt(4, 3), kind: 'answered' },
    { ...momentAt(4 + talkSeconds, 4), kind: 'ended', endedBy: 'rep', cause: 'completed' },
  ];
}

/** When something happened in a call that began 200 s ago. */
export function momentAt(
  afterSeconds: number,
  sequence: number,
): { sequence: number; at: string; elapsedMs: number } {
  return {
    sequence,
    at: new Date(Date.now() - 200_000 + afterSeconds * 1000).toISOString(),
    elapsedMs: afterSeconds * 1000,
  };
}

/** A fresh call id: RFC 9562, version 7. */
export function newCallId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
