import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { SandboxError } from './sandboxError.ts';

const keyPairSchema = z.strictObject({ publicKey: z.string(), privateKey: z.string() });

const secretsSchema = z.strictObject({
  databasePassword: z.string(),
  /** The org signs its users' tokens with it; stands for the certificate of a real org. */
  orgCertificate: keyPairSchema,
  /** The relay signs in to the org with it. */
  relayClient: keyPairSchema,
  relayTokenKey: z.string(),
  personalDataKey: z.string(),
  sipCredentialSecret: z.string(),
  permitSecret: z.string(),
  switchKey: z.string(),
});

/** Every secret of one sandbox, made at its first start and kept in its data folder. */
export type Secrets = z.infer<typeof secretsSchema>;

/** Reads the data folder's secrets, or makes them when there are none. */
export async function readOrMakeSecrets(dataDirectory: string): Promise<Secrets> {
  const file = join(dataDirectory, 'secrets.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return parseSecrets(text, file);
  const secrets = makeSecrets();
  // Renamed into place, so that a start killed here leaves no half of a file.
  await writeFile(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

function parseSecrets(text: string, file: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SandboxError(`${file} is damaged. Begin anew with: npm start -- --reset`, { cause });
  }
}

function makeSecrets(): Secrets {
  const random = (): string => randomBytes(32).toString('base64');
  return {
    databasePassword: randomBytes(16).toString('hex'),
    orgCertificate: makeKeyPair(),
    relayClient: makeKeyPair(),
    relayTokenKey: random(),
    personalDataKey: random(),
    sipCredentialSecret: random(),
    permitSecret: random(),
    switchKey: random(),
  };
}

function makeKeyPair(): z.infer<typeof keyPairSchema> {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
