import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { SessionResponse } from '@scoreline/contract/wire';
import type { Chain } from '../../../e2e/faults/support/chain.ts';
import { signOrgToken } from '../../../e2e/support/relayClient.ts';

/** One rep's phone on one kept connection, with as little work of its own as can be. */
export class BenchClient {
  readonly #relayUrl: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #headers: Record<string, string>;

  private constructor(chain: Chain, index: number) {
    this.#relayUrl = chain.relayUrl;
    this.#headers = { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${index + 1}` };
  }

  /**
   * @param index from 0 to 200; each is at another address
   * @param userId the rep; another for each index when absent
   */
  static async signIn(
    chain: Chain,
    index: number,
    userId = `005${String(index).padStart(12, '0')}AAA`,
  ): Promise<BenchClient> {
    const client = new BenchClient(chain, index);
    const orgToken = await signOrgToken(chain, chain.orgId, { userId, name: userId });
    const session = (await client.post('/v1/sessions', { orgToken })) as SessionResponse;
    client.#headers['authorization'] = `Bearer ${session.relayToken}`;
    return client;
  }

  /** Posts, and gives the answer's body. @throws when it is no success, so that no refusal is measured */
  async post(path: string, body: object): Promise<unknown> {
    const text = JSON.stringify(body);
    const sent = request(`${this.#relayUrl}${path}`, {
      agent: this.#agent,
      method: 'POST',
      headers: { ...this.#headers, 'content-length': Buffer.byteLength(text) },
    });
    sent.end(text);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    const answer = Buffer.concat(parts).toString();
    if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}: ${answer}`);
    return JSON.parse(answer);
  }

  close(): void {
    this.#agent.destroy();
  }
}
