import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DialRequest, Phone, PhoneSnapshot, SoftphoneModule } from '@scoreline/contract';
import { signOrgToken } from '../../support/relayClient.ts';
import type { SandboxUser } from '../../support/sandbox.ts';
import type { Chain } from '../../faults/support/chain.ts';

const SOFTPHONE = join(
  import.meta.dirname,
  ...['..', '..', '..', 'force-app', 'main', 'dialing', 'staticresources', 'scorelineSoftphone.js'],
);

/** A page with nothing on it but the phone, from the static resource that the package ships. */
export async function servePhonePage(
  port: number,
  chain: () => Pick<Chain, 'relayUrl' | 'secrets' | 'orgId'> | undefined,
): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname === '/softphone.js') {
        response.setHeader('Content-Type', 'text/javascript').end(await readFile(SOFTPHONE));
        return;
      }
      const running = chain();
      if (url.pathname === '/token' && running !== undefined) {
        const user: SandboxUser = { userId: url.searchParams.get('user') ?? '', name: '' };
        response.end(await signOrgToken(running, running.orgId, user, { nonce: randomUUID() }));
        return;
      }
      response.setHeader('Content-Type', 'text/html').end(PAGE);
    })().catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return server;
}

const PAGE =
  '<!doctype html><html lang="en"><title>Phone</title><script src="/softphone.js"></script></html>';

interface PhoneWindow {
  readonly ScorelineSoftphone: SoftphoneModule;
  phone: Phone;
  /** Weakly, so that what the phone lets go of can be collected. */
  peerConnections: WeakRef<RTCPeerConnection>[];
  sockets: WebSocket[];
}

export interface PagePhoneOptions {
  /** Sends every sound through TURN. */
  readonly relayOnly?: boolean;
}

/** The phone in Chromium, by its façade. */
export class PagePhone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(
    page: Page,
    pageUrl: string,
    relayUrl: string,
    user: SandboxUser,
    options: PagePhoneOptions = {},
  ): Promise<PagePhone> {
    await page.addInitScript(
      ({ relayOnly }) => {
        const keep = globalThis as unknown as Pick<PhoneWindow, 'peerConnections' | 'sockets'>;
        keep.peerConnections = [];
        keep.sockets = [];
        globalThis.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(configuration?: RTCConfiguration) {
            super(relayOnly ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
            keep.peerConnections.push(new WeakRef(this));
          }
        };
        globalThis.WebSocket = class extends WebSocket {
          constructor(url: string | URL, protocols?: string | string[]) {
            super(url, protocols);
            keep.sockets.push(this);
          }
        };
      },
      { relayOnly: options.relayOnly === true },
    );
    await page.goto(pageUrl);
    await page.evaluate(
      ({ relayUrl, userId }) => {
        const own = globalThis as unknown as PhoneWindow;
        own.phone = own.ScorelineSoftphone.startPhone({
          relayUrl,
          fetchOrgToken: async () => await (await fetch(`/token?user=${userId}`)).text(),
        });
      },
      { relayUrl, userId: user.userId },
    );
    return new PagePhone(page);
  }

  async snapshot(): Promise<PhoneSnapshot> {
    return await this.page.evaluate(() => (globalThis as unknown as PhoneWindow).phone.snapshot);
  }

  /** Resolves at the first snapshot that the condition, a function body of `snapshot`, holds for. */
  async until(condition: string, withinMs = 20_000): Promise<PhoneSnapshot> {
    const held = await this.page.evaluate(
      ({ condition, withinMs }) =>
        new Promise<PhoneSnapshot | string>((resolve) => {
          const { phone } = globalThis as unknown as PhoneWindow;
          // The test's own words, in a page of the test's own.
          const holds = new Function('snapshot', `return ${condition}`) as (
            snapshot: PhoneSnapshot,
          ) => boolean;
          const timer = setTimeout(() => settle(JSON.stringify(phone.snapshot)), withinMs);
          const stop = phone.subscribe((snapshot) => {
            // The first snapshot comes before there is anything to stop.
            if (holds(snapshot)) queueMicrotask(() => settle(snapshot));
          });
          const settle = (result: PhoneSnapshot | string): void => {
            clearTimeout(timer);
            stop();
            resolve(result);
          };
        }),
      { condition, withinMs },
    );
    if (typeof held === 'string')
      throw new Error(`Within ${withinMs} ms not: ${condition}. The phone: ${held}`);
    return held;
  }

  async ready(): Promise<void> {
    await this.until("snapshot.phoneState === 'ready'");
  }

  async dial(number: string): Promise<string> {
    const request: DialRequest = { requestId: randomUUID(), number };
    return await this.page.evaluate(
      (request) => (globalThis as unknown as PhoneWindow).phone.dial(request),
      request,
    );
  }

  /** Calls a method of the façade by its name. */
  async act<
    Name extends
      'hangUp' | 'setHeld' | 'sendDigit' | 'transfer' | 'answer' | 'reject' | 'checkAgain' | 'runPreflight',
  >(name: Name, ...parameters: Parameters<Phone[Name]>): Promise<void> {
    await this.page.evaluate(
      ({ name, parameters }) => {
        const { phone } = globalThis as unknown as PhoneWindow;
        Reflect.apply(Reflect.get(phone, name) as (...values: unknown[]) => void, phone, parameters);
      },
      { name, parameters: parameters as unknown[] },
    );
  }

  /** Says how the last call went, which the phone wants before the next. */
  async saveOutcome(): Promise<void> {
    await this.page.evaluate(() =>
      (globalThis as unknown as PhoneWindow).phone.saveOutcome({ outcome: 'noInterest', note: '' }),
    );
    await this.until('snapshot.call === undefined && snapshot.unsent === 0');
  }

  /** Loudness received by the browser from now on, over this time: RMS from the energy that WebRTC counts. */
  async receivedRms(): Promise<number> {
    const energy = async (): Promise<{ energy: number; seconds: number }> =>
      await this.page.evaluate(async () => {
        const { peerConnections } = globalThis as unknown as PhoneWindow;
        let [energy, seconds] = [0, 0];
        for (const connection of peerConnections
          .map((kept) => kept.deref())
          .filter((kept) => kept !== undefined))
          for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
            if (report['type'] === 'inbound-rtp') {
              energy += Number(report['totalAudioEnergy']);
              seconds += Number(report['totalSamplesDuration']);
            }
        return { energy, seconds };
      });
    const before = await energy();
    const deadline = Date.now() + 5_000;
    for (;;) {
      const now = await energy();
      const seconds = now.seconds - before.seconds;
      if (seconds >= 0.4) return Math.sqrt((now.energy - before.energy) / seconds);
      if (Date.now() > deadline) return 0;
    }
  }

  /** The kinds of the candidates that the sound goes over now: local and remote. */
  async selectedCandidates(): Promise<{ local: string; remote: string }[]> {
    return await this.page.evaluate(async () => {
      const { peerConnections } = globalThis as unknown as PhoneWindow;
      const selected: { local: string; remote: string }[] = [];
      for (const kept of peerConnections) {
        const connection = kept.deref();
        if (connection?.connectionState !== 'connected') continue;
        const reports = new Map<string, Record<string, unknown>>();
        for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
          reports.set(String(report['id']), report);
        for (const report of reports.values())
          if (
            report['type'] === 'candidate-pair' &&
            report['nominated'] === true &&
            report['state'] === 'succeeded'
          )
            selected.push({
              local: String(reports.get(String(report['localCandidateId']))?.['candidateType']),
              remote: String(reports.get(String(report['remoteCandidateId']))?.['candidateType']),
            });
      }
      return selected;
    });
  }

  /** Peer connections that are neither closed nor collected. */
  async openPeerConnections(): Promise<number> {
    return await this.page.evaluate(
      () =>
        (globalThis as unknown as PhoneWindow).peerConnections
          .map((kept) => kept.deref())
          .filter((kept) => kept !== undefined && kept.connectionState !== 'closed').length,
    );
  }

  /** Bytes of JavaScript objects that are still reachable. */
  async heapBytes(): Promise<number> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize;
  }

  /** Cuts the connection to the switch, as a network does. */
  async dropSocket(): Promise<void> {
    await this.page.evaluate(() => (globalThis as unknown as PhoneWindow).sockets.at(-1)?.close());
  }
}
