import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';

/** The environment or the organizations file is not usable; the message names the value and never shows it. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** A shared secret as text; shorter ones can be guessed. */
const secretSchema = z.string().check(z.minLength(16));
const originSchema = z
  .string()
  .check(z.refine((text) => URL.canParse(text) && new URL(text).origin === text));
const httpUrlSchema = z.url({ protocol: /^https?$/u });

const publicKeySchema = z
  .string()
  .check(z.refine((pem) => canRead(() => createPublicKey(pem).asymmetricKeyType === 'rsa')));
const privateKeySchema = z
  .string()
  .check(z.refine((pem) => canRead(() => createPrivateKey(pem).asymmetricKeyType === 'rsa')));

/** RFC 7065. */
const turnUrlSchema = z.string().check(z.regex(/^turns?:[^\s/@]+$/u));

const iceServerSchema = z.strictObject({
  urls: z.array(z.string()),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});

const organizationSchema = z.strictObject({
  orgId: recordIdSchema,
  /** PEM; any of them verifies an org token, so that a certificate can be replaced. */
  sessionPublicKeys: z.array(publicKeySchema).check(z.minLength(1)),
  /** Pages that may use the relay, each exactly as a browser sends it in `Origin`. */
  allowedOrigins: z.array(originSchema),
  salesforce: z.strictObject({
    loginUrl: httpUrlSchema,
    clientId: z.string().check(z.minLength(1)),
    username: z.string().check(z.minLength(1)),
    /** PEM, PKCS #8. */
    privateKey: privateKeySchema,
    apiVersion: z.string().check(z.regex(/^\d{2,3}\.0$/u)),
  }),
  sip: z.strictObject({
    domain: z.string().check(z.minLength(1)),
    webSocketUrl: z.url({ protocol: /^wss?$/u }),
    /** Where the switch plays the messages that callers left; absent where it keeps none. */
    httpUrl: z.optional(httpUrlSchema),
    credentialSecret: secretSchema,
    permitSecret: secretSchema,
    iceServers: z.array(iceServerSchema),
    /** Media relays that check credentials by a secret shared with them; absent where phones need none. */
    turn: z.optional(
      z.strictObject({ urls: z.array(turnUrlSchema).check(z.minLength(1)), secret: secretSchema }),
    ),
    callerIdE164: z.optional(z.string().check(z.regex(/^\+[1-9]\d{6,14}$/u))),
  }),
  /** Newest first, any verifies. Empty: no switch or carrier reports for this org. */
  switchKeys: z.array(secretSchema),
});
export type Organization = z.infer<typeof organizationSchema>;

const integerTextSchema = (minimum: number, maximum: number) =>
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\d{1,9}$/u)),
      z.transform((text) => Number(text)),
    ),
    z.int().check(z.gte(minimum), z.lte(maximum)),
  );

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/u }),
  PORT: integerTextSchema(0, 65_535),
  RELAY_URL: httpUrlSchema,
  ORGANIZATIONS_FILE: z.string().check(z.minLength(1)),
  RELAY_TOKEN_KEYS: z.string().check(z.minLength(1)),
  PERSONAL_DATA_KEY: z.string().check(z.minLength(1)),
  SYNC_INTERVAL_SECONDS: z._default(integerTextSchema(1, 86_400), 60),
  LOG_LEVEL: z._default(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']), 'info'),
  /** The network interface to listen on; all of them when it is absent. */
  LISTEN_ADDRESS: z.optional(z.union([z.ipv4(), z.ipv6()])),
  /** How many proxies stand between the internet and this relay. */
  TRUSTED_PROXIES: z._default(integerTextSchema(0, 10), 0),
});

export interface RelayTokenKey {
  readonly keyId: string;
  readonly secret: Buffer;
}

export interface Configuration {
  readonly databaseUrl: string;
  readonly port: number;
  readonly listenAddress: string | undefined;
  /** The relay's public address, the audience of every org token. */
  readonly relayUrl: string;
  readonly organizations: ReadonlyMap<string, Organization>;
  /** The first signs, all verify. */
  readonly relayTokenKeys: readonly [RelayTokenKey, ...RelayTokenKey[]];
  readonly personalDataKey: Buffer;
  readonly syncIntervalSeconds: number;
  readonly logLevel: string;
  readonly trustedProxies: number;
}

const KEY_MINIMUM_BYTES = 32;

/** Reads and checks the environment and the file it names. Throws {@link ConfigurationError}. */
export async function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Configuration> {
  const values = parseOrExplain(environmentSchema, environment, (path) => path);
  return {
    databaseUrl: values.DATABASE_URL,
    port: values.PORT,
    listenAddress: values.LISTEN_ADDRESS,
    relayUrl: values.RELAY_URL,
    organizations: await readOrganizations(values.ORGANIZATIONS_FILE),
    relayTokenKeys: parseRelayTokenKeys(values.RELAY_TOKEN_KEYS),
    personalDataKey: parseKey('PERSONAL_DATA_KEY', values.PERSONAL_DATA_KEY),
    syncIntervalSeconds: values.SYNC_INTERVAL_SECONDS,
    logLevel: values.LOG_LEVEL,
    trustedProxies: values.TRUSTED_PROXIES,
  };
}

async function readOrganizations(file: string): Promise<Map<string, Organization>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ConfigurationError('ORGANIZATIONS_FILE does not name a readable JSON file.', { cause });
  }
  const list = parseOrExplain(z.array(organizationSchema), content, (path) => `ORGANIZATIONS_FILE, ${path}`);
  const organizations = new Map(list.map((organization) => [organization.orgId, organization]));
  if (organizations.size !== list.length)
    throw new ConfigurationError('ORGANIZATIONS_FILE lists an org twice.');
  return organizations;
}

function parseRelayTokenKeys(text: string): [RelayTokenKey, ...RelayTokenKey[]] {
  const [first, ...others] = text.split(',').map((entry): RelayTokenKey => {
    const [, keyId, encoded] = /^([A-Za-z0-9_-]{1,40}):(.+)$/u.exec(entry.trim()) ?? [];
    if (keyId === undefined || encoded === undefined)
      throw new ConfigurationError('RELAY_TOKEN_KEYS must be a list kid:base64,kid:base64.');
    return { keyId, secret: parseKey('RELAY_TOKEN_KEYS', encoded) };
  });
  if (first === undefined) throw new ConfigurationError('RELAY_TOKEN_KEYS is empty.');
  if (new Set([first, ...others].map(({ keyId }) => keyId)).size !== others.length + 1)
    throw new ConfigurationError('RELAY_TOKEN_KEYS names a kid twice.');
  return [first, ...others];
}

function parseKey(name: string, encoded: string): Buffer {
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/u.test(encoded);
  const key = Buffer.from(encoded, 'base64');
  if (!isBase64 || key.length < KEY_MINIMUM_BYTES)
    throw new ConfigurationError(`${name} must hold at least ${KEY_MINIMUM_BYTES} bytes in base64.`);
  return key;
}

function parseOrExplain<Value>(
  schema: z.core.$ZodType<Value>,
  input: unknown,
  nameOf: (path: string) => string,
): Value {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : (issue?.path ?? []);
  const value = valueAt(input, issue?.path ?? []);
  const complaint =
    issue?.code === 'unrecognized_keys'
      ? 'is not known'
      : value === undefined
        ? 'is missing'
        : 'is not valid';
  throw new ConfigurationError(`${nameOf(path.join('.'))} ${complaint}.`);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

function canRead(read: () => boolean): boolean {
  try {
    return read();
  } catch {
    return false;
  }
}
