import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { withBody } from './signalling.ts';

/** The way of a page's sound to the switch and back, which a test can cut as a change of network does. */
export interface MediaPath {
  /** The ICE user name fragments that the page has offered: a new one asks for a new way (RFC 8445, section 9). */
  readonly fragments: readonly string[];
  /** Nothing passes over the present way any more, ever. What the page offers next finds a new one. */
  cut(): void;
  close(): void;
}

/** Two sockets: the page takes one for the switch, and the switch takes the other one for the page. */
interface Way {
  readonly facingPage: Socket;
  readonly facingSwitch: Socket;
  switchPort: number | undefined;
  isCut: boolean;
}

const LOOPBACK = '127.0.0.1';
const CANDIDATE = /^(a=candidate:\S+ 1 udp \d+) \S+ (\d+) typ host.*$/imu;

/**
 * Leads the sound of the page's calls through sockets of this process: in every offer and answer between page and
 * switch, the addresses of the two are replaced.
 */
export async function openMediaPath(page: Page, switchUrl: string): Promise<MediaPath> {
  const ways = new Map<string, Way>();

  async function offered(message: string): Promise<string> {
    const fragment = fragmentOf(message);
    if (fragment === undefined) return message;
    const way = ways.get(fragment) ?? (await openWay());
    ways.set(fragment, way);
    return withCandidate(message, way.facingSwitch.address().port);
  }

  function answered(message: string): string {
    const way = [...ways.values()].at(-1);
    const port = CANDIDATE.exec(message)?.[2];
    if (way === undefined || port === undefined) return message;
    way.switchPort = Number(port);
    return withCandidate(message, way.facingPage.address().port);
  }

  await page.routeWebSocket(`${switchUrl}/**`, (socket) => {
    const server = socket.connectToServer();
    let sent = Promise.resolve();
    socket.onMessage((message) => {
      sent = sent.then(async () => server.send(await offered(String(message))));
    });
    server.onMessage((message) => socket.send(answered(String(message))));
  });
  return {
    get fragments() {
      return [...ways.keys()];
    },
    cut() {
      for (const way of ways.values()) way.isCut = true;
    },
    close() {
      for (const { facingPage, facingSwitch } of ways.values()) {
        facingPage.close();
        facingSwitch.close();
      }
    },
  };
}

async function openWay(): Promise<Way> {
  const [facingPage, facingSwitch] = [createSocket('udp4'), createSocket('udp4')];
  for (const socket of [facingPage, facingSwitch]) {
    socket.bind(0, LOOPBACK);
    await once(socket, 'listening');
  }
  const way: Way = { facingPage, facingSwitch, switchPort: undefined, isCut: false };
  let pageAt: { readonly port: number; readonly address: string } | undefined;
  facingPage.on('message', (packet, sender) => {
    pageAt = sender;
    if (!way.isCut && way.switchPort !== undefined) facingSwitch.send(packet, way.switchPort, LOOPBACK);
  });
  facingSwitch.on('message', (packet) => {
    if (!way.isCut && pageAt !== undefined) facingPage.send(packet, pageAt.port, pageAt.address);
  });
  return way;
}

function fragmentOf(message: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/mu.exec(message)?.[1];
}

/** The message with this one address in place of all that it offers for the sound. */
function withCandidate(message: string, port: number): string {
  return withBody(message, (body) => {
    const start = CANDIDATE.exec(body)?.[1];
    const others = body.replaceAll(/^a=candidate:.*\r\n/gmu, '');
    return start === undefined ? others : `${others}${start} ${LOOPBACK} ${port} typ host\r\n`;
  });
}
