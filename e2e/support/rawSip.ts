import { createHash, randomBytes } from 'node:crypto';
import type { SessionResponse } from '@scoreline/contract/wire';

/** A SIP answer as its status and headers, names in lower case. */
export interface SipAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A SIP client of our own over WebSocket, written from RFC 3261, 7118 and 2617: what it is refused, the switch
 * refuses, and not a library on both ends.
 */
export class RawSip {
  readonly #socket: WebSocket;
  readonly #sip: SessionResponse['sip'];
  readonly #answers: SipAnswer[] = [];
  #wake: () => void = () => undefined;
  #sequence = 0;
  readonly #callId = randomBytes(8).toString('hex');
  readonly #tag = randomBytes(4).toString('hex');

  private constructor(socket: WebSocket, sip: SessionResponse['sip']) {
    this.#socket = socket;
    this.#sip = sip;
    socket.addEventListener('message', ({ data }) => {
      const answer = parseAnswer(String(data));
      if (answer === null || answer.status < 200) return;
      this.#answers.push(answer);
      this.#wake();
    });
  }

  /** @param origin the page it says to come from, where the switch asks */
  static async connect(sip: SessionResponse['sip'], origin?: string): Promise<RawSip> {
    // Node's own takes headers too, which its types do not say.
    const options = { protocols: 'sip', headers: origin === undefined ? {} : { Origin: origin } };
    const socket = new WebSocket(sip.webSocketUrl, options as unknown as string);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('The switch refused the WebSocket')), {
        once: true,
      });
    });
    return new RawSip(socket, sip);
  }

  /** Sends a request, answers one digest challenge, and returns the final answer. */
  async request(
    method: 'REGISTER' | 'INVITE',
    uri: string,
    extraHeaders: readonly string[] = [],
  ): Promise<SipAnswer> {
    const first = await this.#send(method, uri, extraHeaders);
    const challenge = first.headers['www-authenticate'] ?? first.headers['proxy-authenticate'];
    if (challenge === undefined) return first;
    const name = first.status === 407 ? 'Proxy-Authorization' : 'Authorization';
    return await this.#send(method, uri, [
      ...extraHeaders,
      `${name}: ${this.#authorization(method, uri, challenge)}`,
    ]);
  }

  /** Sends text as it is, and waits for no answer. */
  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Resolves once the switch has closed the connection. */
  async closed(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    await new Promise((resolve) => this.#socket.addEventListener('close', resolve, { once: true }));
  }

  close(): void {
    this.#socket.close();
  }

  async #send(method: string, uri: string, extraHeaders: readonly string[]): Promise<SipAnswer> {
    this.#sequence += 1;
    const branch = `z9hG4bK${randomBytes(6).toString('hex')}`;
    const to = method === 'REGISTER' ? this.#sip.addressOfRecord : uri;
    const user = this.#sip.addressOfRecord.replace(/^sip:|@.*$/gu, '');
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS raw.invalid;branch=${branch}`,
      'Max-Forwards: 70',
      `From: <${this.#sip.addressOfRecord}>;tag=${this.#tag}`,
      `To: <${to}>`,
      `Call-ID: ${this.#callId}-${method}`,
      `CSeq: ${this.#sequence} ${method}`,
      `Contact: <sip:${user}@raw.invalid;transport=ws>`,
      ...(method === 'REGISTER' ? ['Expires: 60'] : []),
      ...extraHeaders,
      'Content-Length: 0',
    ];
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n`);
    while (this.#answers.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#answers.shift() as SipAnswer;
  }

  #authorization(method: string, uri: string, challenge: string): string {
    const parameter = (name: string): string | undefined =>
      new RegExp(`${name}="?([^",]+)"?`, 'iu').exec(challenge)?.[1];
    const realm = parameter('realm') ?? '';
    const nonce = parameter('nonce') ?? '';
    const { authorizationPassword: password, authorizationUsername: username } = this.#sip;
    const hashOfUser = md5(`${username}:${realm}:${password}`);
    const hashOfRequest = md5(`${method}:${uri}`);
    const clientNonce = randomBytes(8).toString('hex');
    const isQualified = parameter('qop') !== undefined;
    const response = isQualified
      ? md5(`${hashOfUser}:${nonce}:00000001:${clientNonce}:auth:${hashOfRequest}`)
      : md5(`${hashOfUser}:${nonce}:${hashOfRequest}`);
    const qualified = isQualified ? `, qop=auth, nc=00000001, cnonce="${clientNonce}"` : '';
    return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5${qualified}`;
  }
}

function parseAnswer(text: string): SipAnswer | null {
  const [statusLine = '', ...rest] = text.split('\r\n');
  const status = /^SIP\/2\.0 (\d{3})/u.exec(statusLine)?.[1];
  if (status === undefined) return null;
  const headers = rest
    .map((line) => /^([\w-]+)\s*:\s*(.*)$/u.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => [name.toLowerCase(), value] as const);
  return { status: Number(status), headers: Object.fromEntries(headers) };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
