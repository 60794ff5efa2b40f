import type { BrowserContext, Page, WebSocketRoute } from '@playwright/test';
import type { OurPhone } from './ourPhone.ts';
import { marksWith } from './pageProbe.ts';

/** How long the network is away: long enough for every socket to notice. */
const OUTAGE_MS = 700;
const LONGEST_WAIT_MS = 30_000;

/** The network between a phone and its switch, which can be cut. Sound goes its own way. */
export interface CuttableNetwork {
  /** Cuts it for a while; resolves with the ms from its return until a re-INVITE was answered with 200. */
  cut(): Promise<number>;
}

/** Puts a cut into the page's sockets to the switch. To be called before the page opens them. */
export async function cuttableNetwork(
  context: BrowserContext,
  page: Page,
  switchUrl: string,
): Promise<CuttableNetwork> {
  const open = new Set<{ fromPage: WebSocketRoute; toSwitch: WebSocketRoute }>();
  let isCut = false;
  let onRenegotiated = (): void => undefined;
  await page.routeWebSocket(
    (url) => url.href.startsWith(switchUrl),
    (fromPage) => {
      if (isCut) {
        void fromPage.close({ code: 4_000 });
        return;
      }
      const pair = { fromPage, toSwitch: fromPage.connectToServer() };
      open.add(pair);
      let reinvite: string | undefined;
      fromPage.onMessage((message) => {
        if (/^INVITE [^]*\r\nTo:[^\r]*;tag=/iu.test(String(message))) reinvite = cseqOf(message);
        pair.toSwitch.send(message);
      });
      pair.toSwitch.onMessage((message) => {
        if (
          reinvite !== undefined &&
          /^SIP\/2\.0 200 /u.test(String(message)) &&
          cseqOf(message) === reinvite
        )
          onRenegotiated();
        fromPage.send(message);
      });
    },
  );

  return {
    async cut() {
      isCut = true;
      await context.setOffline(true);
      for (const pair of open) {
        await pair.toSwitch.close({ code: 4_000 });
        await pair.fromPage.close({ code: 4_000 });
      }
      open.clear();
      await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
      const renegotiated = within(
        new Promise<void>((resolve) => (onRenegotiated = resolve)),
        'The call was not renegotiated after the network came back',
      );
      isCut = false;
      const backAtMs = performance.now();
      await context.setOffline(false);
      await renegotiated;
      return performance.now() - backAtMs;
    },
  };
}

/** From the start of a reload in mid-call until the new page receives the sound of the same call, in ms. */
export async function reloadInCall({ page }: OurPhone): Promise<number> {
  const startedAtMs = Date.now();
  await page.reload({ waitUntil: 'commit' });
  const { audioMs } = await marksWith(page, 'audioMs');
  const originMs = await page.evaluate(() => performance.timeOrigin);
  return originMs + audioMs - startedAtMs;
}

function cseqOf(message: string | Buffer): string | undefined {
  return /\r\nCSeq: *(\d+ INVITE)\r\n/iu.exec(String(message))?.[1];
}

function within<Result>(promise: Promise<Result>, otherwise: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(otherwise)), LONGEST_WAIT_MS);
    promise.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
