import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Page } from '@playwright/test';
import { CALL_ID_HEADER, PERMIT_HEADER } from '@scoreline/contract';
import { newCallId, RelayClient } from '../../../../e2e/support/relayClient.ts';
import type { RunningSandbox, SandboxUser } from '../../../../e2e/support/sandbox.ts';
import { installProbe, marksWith, resetMarks } from './pageProbe.ts';

const projectDirectory = new URL('../../../../', import.meta.url).pathname;
/** The announcing number that our phone dials too. */
const ANNOUNCES = '+44 20 7946 0200';

export interface JssipTimes {
  readonly clickToInviteMs: number;
  readonly clickToAudioMs: number;
}

export interface JssipPhone {
  /**
   * Dials with a permit fetched beforehand. `early` ends the gathering at the first candidate; otherwise all is as
   * JsSIP does it by default.
   */
  dial(options: { readonly early: boolean }): Promise<JssipTimes>;
}

/** What is used of JsSIP, which brings no types. */
interface JssipSession {
  on(event: 'ended' | 'failed', listener: (event: { cause: string }) => void): void;
  terminate(): void;
}
interface JssipAgent {
  start(): void;
  on(event: 'registered' | 'registrationFailed', listener: (event: { cause?: string }) => void): void;
  call(target: string, options: object): JssipSession;
}
type JssipPage = typeof globalThis & {
  JsSIP: {
    UA: new (configuration: object) => JssipAgent;
    WebSocketInterface: new (url: string) => object;
  };
  benchAgent: JssipAgent;
  benchSession: JssipSession;
};

/** JsSIP on a page of its own in the same browser, registered at the same switch as another user. */
export async function openJssipPhone(
  page: Page,
  sandbox: RunningSandbox,
  user: SandboxUser,
): Promise<JssipPhone> {
  await installProbe(page);
  await page.goto(await serveEmptyPage(page));
  await page.addScriptTag({ content: await jssipBundle() });
  const { session } = await RelayClient.signIn(sandbox, user);
  await page.evaluate(register, session.sip);

  return {
    async dial({ early }) {
      const callId = newCallId();
      const { status, body } = await (await RelayClient.signIn(sandbox, user)).permit(callId, ANNOUNCES);
      if (status !== 201 && status !== 200) throw new Error(`The relay gave JsSIP no permit: ${status}`);
      await page.bringToFront();
      await resetMarks(page);
      await page.evaluate(dialOnPage, {
        target: `sip:${body.numberE164}@${session.sip.domain}`,
        headers: [`${CALL_ID_HEADER}: ${callId}`, `${PERMIT_HEADER}: ${body.permit}`],
        early,
      });
      const { clickMs, inviteMs, audioMs } = await marksWith(page, 'inviteMs', 'audioMs');
      await page.evaluate(endOnPage);
      return { clickToInviteMs: inviteMs - clickMs, clickToAudioMs: audioMs - clickMs };
    },
  };
}

/**
 * Serves an empty page as long as this one is open. One that Playwright answers itself would come from nowhere, and
 * Chromium asks the user before such a page may connect to this computer.
 */
async function serveEmptyPage(page: Page): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>JsSIP</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  page.once('close', () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function jssipBundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from 'jssip';", resolveDir: projectDirectory },
    bundle: true,
    format: 'iife',
    globalName: 'JsSIP',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return `${outputFiles[0]?.text ?? ''}\nglobalThis.JsSIP = JsSIP;`;
}

function register(sip: {
  addressOfRecord: string;
  webSocketUrl: string;
  authorizationUsername: string;
  authorizationPassword: string;
}): Promise<void> {
  const { JsSIP } = globalThis as JssipPage;
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(sip.webSocketUrl)],
    uri: sip.addressOfRecord,
    authorization_user: sip.authorizationUsername,
    password: sip.authorizationPassword,
  });
  Object.assign(globalThis, { benchAgent: agent });
  return new Promise((resolve, reject) => {
    agent.on('registered', () => resolve());
    agent.on('registrationFailed', ({ cause }) =>
      reject(new Error(`JsSIP is not registered: ${cause ?? ''}`)),
    );
    agent.start();
  });
}

/** A click handler's work, without the click: JsSIP is timed from its very call. */
function dialOnPage({ target, headers, early }: { target: string; headers: string[]; early: boolean }): void {
  const page = globalThis as JssipPage & { scorelineProbe: { marks: Record<string, number> } };
  page.scorelineProbe.marks['clickMs'] = performance.now();
  page.benchSession = page.benchAgent.call(target, {
    extraHeaders: headers,
    mediaConstraints: { audio: true, video: false },
    eventHandlers: early ? { icecandidate: ({ ready }: { ready: () => void }) => ready() } : {},
  });
}

function endOnPage(): Promise<void> {
  const { benchSession } = globalThis as JssipPage;
  return new Promise((resolve) => {
    benchSession.on('ended', () => resolve());
    benchSession.on('failed', () => resolve());
    benchSession.terminate();
  });
}
