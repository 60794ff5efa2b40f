import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { test as base, expect } from '@playwright/test';
import { type Chain, startChain } from '../../faults/support/chain.ts';
import { freePorts } from '../../faults/support/freePorts.ts';
import { PagePhone, type PagePhoneOptions, servePhonePage } from './phonePage.ts';
import { ProspectPhone } from './prospectPhone.ts';
import type { RunningProgram } from './runningProgram.ts';
import { type SippOptions, runSipp } from './sipp.ts';
import {
  type RealSwitch,
  SWITCH_ADDRESS,
  SWITCH_DOMAIN,
  type SwitchPorts,
  startRealSwitch,
} from './realSwitch.ts';

/** The whole way of a call: the relay with its org and ledger, the switch that a company runs, and a telephone. */
export interface SipLab {
  readonly chain: Chain;
  readonly realSwitch: RealSwitch;
  readonly ports: SwitchPorts;
  readonly directory: string;
  readonly pageUrl: string;
}

interface Fixtures {
  /** Opens the page with the phone of the sample company's rep at this place. */
  openPhone: (rep?: number, options?: PagePhoneOptions) => Promise<PagePhone>;
  /** A telephone at the carrier, new in each test. */
  prospect: ProspectPhone;
  /** Starts sipp with a scenario; at the end of the test none of them is left. */
  startSipp: (options: SippOptions) => Promise<RunningProgram>;
}

export const test = base.extend<Fixtures, { lab: SipLab }>({
  lab: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures used from this pattern
    async ({}, use) => {
      const stops: (() => Promise<unknown>)[] = [];
      try {
        await use(await startLab(stops));
      } finally {
        await stopAll(stops);
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  prospect: async ({ lab }, use) => {
    tests += 1;
    const directory = join(lab.directory, `prospect-${tests}`);
    await mkdir(directory);
    const prospect = await ProspectPhone.start({
      directory,
      port: lab.ports.carrier,
      controlPort: lab.ports.carrier + 1,
      answers: 'auto',
    });
    await use(prospect);
    await prospect.stop();
    expectNoneLeft([prospect.program]);
  },
  startSipp: async ({ lab }, use) => {
    const programs: RunningProgram[] = [];
    await use(async (options) => {
      const program = await runSipp(lab, options);
      programs.push(program);
      return program;
    });
    await Promise.all(programs.map((program) => program.stop()));
    expectNoneLeft(programs);
  },
  openPhone: async ({ page, lab }, use) => {
    await use(async (rep = 0, options = {}) => {
      const user = lab.chain.people.reps[rep];
      if (user === undefined) throw new Error(`The sample company has no rep ${rep}`);
      return await PagePhone.open(page, lab.pageUrl, lab.chain.relayUrl, user, options);
    });
  },
});

export { expect };

function expectNoneLeft(programs: readonly RunningProgram[]): void {
  expect(programs.filter(({ leftovers }) => leftovers > 0).map(({ name }) => name)).toEqual([]);
}

/** The last started first; one that can't be stopped keeps none of the others running. */
async function stopAll(stops: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop())
    await stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `Not everything could be stopped: ${failures.join('; ')}`);
}

/** The program's own file of each test, so that one that failed can be read. */
let tests = 0;

/** Lets this process open the switch's WebSocket, whose certificate was made a moment ago. */
function trust(certificate: string): void {
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
}

async function startLab(stops: (() => Promise<unknown>)[]): Promise<SipLab> {
  const first = await freePorts(10);
  const ports: SwitchPorts = {
    wss: first,
    sip: first + 1,
    rtpengine: first + 2,
    rtpengineCli: first + 3,
    turn: first + 4,
    turns: first + 5,
    carrier: first + 6,
  };
  const pageUrl = `http://localhost:${first + 8}`;
  const turnSecret = randomBytes(16).toString('hex');
  const chain = await startChain({
    webs: 1,
    workers: 1,
    configure: (organization) => {
      organization.allowedOrigins.push(pageUrl);
      Object.assign(organization.sip, {
        domain: SWITCH_DOMAIN,
        webSocketUrl: `wss://${SWITCH_ADDRESS}:${ports.wss}`,
        iceServers: [],
        turn: { urls: [`turn:${SWITCH_ADDRESS}:${ports.turn}?transport=udp`], secret: turnSecret },
      });
    },
  });
  stops.push(() => chain.stop());
  const page: Server = await servePhonePage(first + 8, () => chain);
  stops.push(() => new Promise((resolve) => page.close(resolve)));
  stops.push(() => Promise.resolve(page.closeAllConnections()));

  const directory = join(chain.dataDirectory, 'sip');
  await mkdir(directory);
  const realSwitch = await startRealSwitch({
    directory,
    ports,
    orgId: chain.orgId,
    relayUrl: chain.webUrls[0] ?? '',
    pageUrl,
    sipCredentialSecret: chain.secrets.sipCredentialSecret,
    permitSecret: chain.secrets.permitSecret,
    switchKey: chain.secrets.switchKey,
    turnSecret,
  });
  stops.push(async () => {
    await realSwitch.stop();
    expectNoneLeft(realSwitch.programs);
  });
  trust(await readFile(join(directory, 'certificate.pem'), 'utf8'));
  return { chain, realSwitch, ports, directory, pageUrl };
}
