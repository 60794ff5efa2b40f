/** A SIP message in parts. Header names are lower case; repeated headers keep their order. */
export interface SipMessage {
  readonly startLine: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export function parseSip(text: string): SipMessage {
  const end = text.indexOf('\r\n\r\n');
  const [startLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { startLine, headers, body: text.slice(end + 4) };
}

export function headerOf(message: SipMessage, name: string): string {
  return message.headers.get(name.toLowerCase())?.[0] ?? '';
}

export function methodOf(message: SipMessage): string {
  return message.startLine.split(' ')[0] ?? '';
}

/** A value of the digest's parameters, quoted or not. */
export function parameterOf(header: string, name: string): string {
  const match = new RegExp(`\\b${name}=(?:"([^"]*)"|([^,\\s]+))`, 'u').exec(header);
  return match?.[1] ?? match?.[2] ?? '';
}

export function writeSip(startLine: string, headers: readonly string[], body = ''): string {
  return [startLine, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** The answer to a request: its routing headers copied, a tag of our own in To (RFC 3261, 8.2.6.2). */
export function responseText(
  request: SipMessage,
  status: number,
  options: { headers?: readonly string[]; body?: string } = {},
): string {
  const to = headerOf(request, 'to');
  const copied = ['via', 'record-route'].flatMap((name) =>
    (request.headers.get(name) ?? []).map((value) => `${name}: ${value}`),
  );
  return writeSip(
    `SIP/2.0 ${status} Answer`,
    [
      ...copied,
      `From: ${headerOf(request, 'from')}`,
      `To: ${/;tag=/u.test(to) || status === 100 ? to : `${to};tag=peer`}`,
      `Call-ID: ${headerOf(request, 'call-id')}`,
      `CSeq: ${headerOf(request, 'cseq')}`,
      ...(options.headers ?? []),
    ],
    options.body,
  );
}
