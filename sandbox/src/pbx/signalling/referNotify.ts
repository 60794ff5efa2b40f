import { Core, type Session } from 'sip.js';

/** The reason phrases a referral can end with; a phone reads the status alone. */
const PHRASES: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
};

/**
 * Tells a phone by NOTIFY how its REFER goes (RFC 3515, section 2.4.5): the body is the status line of what was tried.
 * Each resolves when the phone has answered, or can't.
 */
export function notifyOf(session: () => Session | undefined): (statusCode: number) => Promise<void> {
  return async (statusCode) => {
    const dialog = session()?.dialog;
    if (!(dialog instanceof Core.SessionDialog)) return;
    const state = statusCode < 200 ? 'active;expires=60' : 'terminated;reason=noresource';
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = (): void => resolve();
    dialog.notify(
      { onAccept: done, onReject: done },
      {
        extraHeaders: ['Event: refer', `Subscription-State: ${state}`],
        body: {
          contentDisposition: 'render',
          contentType: 'message/sipfrag;version=2.0',
          content: `SIP/2.0 ${statusCode} ${PHRASES[statusCode] ?? 'Refused'}\r\n`,
        },
      },
    );
    await promise;
  };
}
