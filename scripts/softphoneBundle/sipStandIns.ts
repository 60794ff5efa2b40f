import { join } from 'node:path';

const PHONE = join(import.meta.dirname, '..', '..', 'softphone/src');

/** Classes of SIP.js that the phone never makes: its screens subscribe to nothing and write no instant messages. */
const NEVER_MADE = new Map([
  ['core/dialogs/subscription-dialog.js', 'SubscriptionDialog'],
  ['core/user-agents/message-user-agent-client.js', 'MessageUserAgentClient'],
  ['core/user-agents/message-user-agent-server.js', 'MessageUserAgentServer'],
  ['core/user-agents/publish-user-agent-client.js', 'PublishUserAgentClient'],
  ['core/user-agents/re-subscribe-user-agent-client.js', 'ReSubscribeUserAgentClient'],
  ['core/user-agents/re-subscribe-user-agent-server.js', 'ReSubscribeUserAgentServer'],
  ['core/user-agents/register-user-agent-server.js', 'RegisterUserAgentServer'],
  ['core/user-agents/subscribe-user-agent-client.js', 'SubscribeUserAgentClient'],
  ['core/user-agents/subscribe-user-agent-server.js', 'SubscribeUserAgentServer'],
]);

/**
 * What the phone answers. SIP.js refuses any other request with 405 before it looks further, so that none can reach a
 * class that is never made.
 */
const ALLOWED_METHODS = ['ACK', 'BYE', 'CANCEL', 'INFO', 'INVITE', 'NOTIFY', 'OPTIONS', 'PRACK', 'REFER'];

/** SIP.js's loggers without levels, labels and console: none of them is ever switched on. */
const SILENT_LOGGERS = `
const silent = { error() {}, warn() {}, log() {}, debug() {} };
export class LoggerFactory { getLogger() { return silent; } }
`;

const WRITTEN = new Map([
  [
    'core/user-agent-core/allowed-methods.js',
    `export const AllowedMethods = ${JSON.stringify(ALLOWED_METHODS)};`,
  ],
  ['core/log/logger-factory.js', SILENT_LOGGERS],
  // Half the size of the one that SIP.js brings, and held to the same results by its test.
  // A quarter of the size of the parser that SIP.js generates from a grammar of all headers, and tested against it.
  [
    'grammar/grammar.js',
    `export { Grammar } from ${JSON.stringify(join(PHONE, 'sip/grammar/sipGrammar.ts'))};`,
  ],
  ['core/messages/md5.js', `export { Md5 } from ${JSON.stringify(join(PHONE, 'sip/md5.ts'))};`],
]);

/** What stands in for a module of SIP.js in the phone, by the module's path below `lib`; undefined for all others. */
export function standInFor(module: string): string | undefined {
  const className = NEVER_MADE.get(module);
  return className === undefined ? WRITTEN.get(module) : neverMade(className);
}

/** Every module that has a stand-in. */
export function replacedModules(): string[] {
  return [...NEVER_MADE.keys(), ...WRITTEN.keys()];
}

function neverMade(className: string): string {
  return `export class ${className} { constructor() { throw new Error("${className} is left out of the phone"); } }`;
}
