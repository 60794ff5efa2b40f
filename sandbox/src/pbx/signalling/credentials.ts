import { createHmac } from 'node:crypto';

/** Short-lived credentials may last ten minutes; a minute more is left for clocks that differ. */
const LONGEST_LIFE_SECONDS = 660;

export interface Credential {
  readonly userId: string;
  readonly orgId: string;
  readonly expiresAtEpochSeconds: number;
}

/** Reads the user name `<expiry>:<userId>@<orgId>`; undefined when it is not one. */
export function parseCredentialUsername(username: string): Credential | undefined {
  const [, expiry, userId, orgId] = /^(\d{9,11}):([a-zA-Z0-9]{18})@([a-zA-Z0-9]{18})$/u.exec(username) ?? [];
  if (expiry === undefined || userId === undefined || orgId === undefined) return undefined;
  return { userId, orgId, expiresAtEpochSeconds: Number(expiry) };
}

/** The password that belongs to a user name: whoever knows the secret can work it out, nobody has to store it. */
export function credentialPassword(credentialSecret: string, username: string): string {
  return createHmac('sha1', credentialSecret).update(username).digest('base64');
}

/** Whether the credential is within its life. One that would live longer than allowed was not made by the relay. */
export function credentialIsCurrent(credential: Credential, nowEpochSeconds: number): boolean {
  const lifeSeconds = credential.expiresAtEpochSeconds - nowEpochSeconds;
  return lifeSeconds > 0 && lifeSeconds <= LONGEST_LIFE_SECONDS;
}
