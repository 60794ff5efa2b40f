import type { Request } from 'express';
import type { Organization, RelayTokenKey } from '../config.ts';
import { Refusal } from '../refusal.ts';
import { verifyRelayToken } from '../sessions/index.ts';
import { checkOrigin } from './origins.ts';

export interface AuthenticationOptions {
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly relayTokenKeys: readonly RelayTokenKey[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Who a request speaks for, by its relay token; a page must be one of that org's. */
export async function authenticate(
  request: Request,
  { organizations, relayTokenKeys, now }: AuthenticationOptions,
): Promise<{ organization: Organization; userId: string }> {
  const [, token] = /^Bearer ([\w\-.]{1,4096})$/u.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw new Refusal('tokenMissing');
  const { orgId, userId } = await verifyRelayToken(token, relayTokenKeys, now());
  const organization = organizations.get(orgId);
  if (organization === undefined) throw new Refusal('organizationUnknown');
  checkOrigin(request, organization);
  return { organization, userId };
}
