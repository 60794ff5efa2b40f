import type { Page, WebSocketRoute } from '@playwright/test';

/** What goes on in place of a SIP message; nothing where the message is swallowed. */
type Passage = (message: string) => string | undefined;

/** The SIP between the page's phone and the switch, which a test reads, and alters where it says so. */
export interface Signalling {
  /** What the phone sent, oldest first, before anything was altered. */
  readonly sent: readonly string[];
  /** Connections that the phone has opened since it started. */
  readonly opened: number;
  fromPhone: Passage;
  fromSwitch: Passage;
}

/** To be called before the page opens its first connection. */
export async function overhearSwitch(page: Page, switchUrl: string): Promise<Signalling> {
  const sent: string[] = [];
  let opened = 0;
  const signalling: Signalling = {
    sent,
    get opened() {
      return opened;
    },
    fromPhone: (message) => message,
    fromSwitch: (message) => message,
  };
  await page.routeWebSocket(
    (url) => url.href.startsWith(switchUrl),
    (phone) => {
      opened += 1;
      const toSwitch = phone.connectToServer();
      pass(phone, toSwitch, (message) => {
        sent.push(message);
        return signalling.fromPhone(message);
      });
      pass(toSwitch, phone, (message) => signalling.fromSwitch(message));
    },
  );
  return signalling;
}

function pass(from: WebSocketRoute, to: WebSocketRoute, passage: Passage): void {
  from.onMessage((message) => {
    const altered = passage(String(message));
    if (altered !== undefined) to.send(altered);
  });
}

export function isRequest(message: string, method: string): boolean {
  return message.startsWith(`${method} `);
}

/** Whether it offers new terms of a call that is up. */
export function isReinvite(message: string): boolean {
  return /^INVITE [^]*?\r\nTo:[^\r]*;tag=/iu.test(message);
}

/** The message with its body altered, and the length of the new one. */
export function withBody(message: string, alter: (body: string) => string): string {
  const end = message.indexOf('\r\n\r\n') + 4;
  const body = alter(message.slice(end));
  return (
    message.slice(0, end).replace(/^Content-Length:.*$/imu, `Content-Length: ${Buffer.byteLength(body)}`) +
    body
  );
}
