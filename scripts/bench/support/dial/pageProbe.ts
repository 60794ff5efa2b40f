import type { Page } from '@playwright/test';

/** When things happened on a page, in its `performance.now()` milliseconds. */
export interface PageMarks {
  /** The rep's click, as the browser's input has it. */
  readonly clickMs?: number;
  /** The request for the permit left, and its answer was there. */
  readonly permitAskedMs?: number;
  readonly permittedMs?: number;
  /** The first INVITE was given to the socket. */
  readonly inviteMs?: number;
  /** A 200 to an INVITE was given to the socket. */
  readonly answerMs?: number;
  /** The first packet of sound was received. */
  readonly audioMs?: number;
}

interface Probe {
  marks: Record<string, number>;
  reset(): void;
}

type ProbedGlobal = typeof globalThis & { scorelineProbe: Probe };

/** Notes on the page itself what a call does and when: nothing that crosses to this process is in a figure. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(probe);
}

export async function resetMarks(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as ProbedGlobal).scorelineProbe.reset());
}

/** Waits until these are marked, and reads all marks. */
export async function marksWith(page: Page, ...names: (keyof PageMarks)[]): Promise<Required<PageMarks>> {
  await page.waitForFunction(
    (wanted) => wanted.every((name) => name in (globalThis as ProbedGlobal).scorelineProbe.marks),
    names,
    { timeout: 30_000 },
  );
  return (await page.evaluate(
    () => (globalThis as ProbedGlobal).scorelineProbe.marks,
  )) as unknown as Required<PageMarks>;
}

/** Runs on the page before its scripts; it must not name anything of this module. */
function probe(): void {
  const POLL_MS = 5;
  const own: Probe = {
    marks: {},
    reset() {
      own.marks = {};
    },
  };
  Object.assign(globalThis, { scorelineProbe: own });
  const mark = (name: string, at = performance.now()): void => {
    own.marks[name] ??= at;
  };

  window.addEventListener(
    'click',
    (event) => {
      if (event.isTrusted) mark('clickMs', event.timeStamp);
    },
    true,
  );

  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string' && data.startsWith('INVITE ')) mark('inviteMs');
    if (typeof data === 'string' && /^SIP\/2\.0 200 [^]*\r\nCSeq: *\d+ INVITE\r\n/iu.test(data))
      mark('answerMs');
    send.call(this, data);
  };

  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const isPermit = /\/v1\/calls$/u.test(input instanceof Request ? input.url : String(input));
    if (isPermit) mark('permitAskedMs');
    const response = await fetch(input, init);
    if (isPermit) mark('permittedMs');
    return response;
  };

  const noteFirstPacket = (connection: RTCPeerConnection): void => {
    const timer = setInterval(() => {
      if (connection.connectionState === 'closed') return clearInterval(timer);
      void connection.getStats().then((stats) => {
        for (const report of stats.values() as Iterable<Record<string, unknown>>)
          if (report['type'] === 'inbound-rtp' && Number(report['packetsReceived']) > 0) {
            clearInterval(timer);
            mark('audioMs');
          }
      });
    }, POLL_MS);
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      noteFirstPacket(this);
    }
  };
}
