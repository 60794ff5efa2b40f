import type { Chain } from './chain.ts';

type Org = Pick<Chain, 'orgUrl'>;

/** The next request whose path begins so is served and committed by the org; its answer waits for the release. */
export async function holdAnswer({ orgUrl }: Org, path: string): Promise<void> {
  await fetch(`${orgUrl}/sandbox/hold`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ path }),
  });
}

/** Resolves once an answer is held; false when none was within 20 s. */
export async function answerIsHeld({ orgUrl }: Org): Promise<boolean> {
  return (await fetch(`${orgUrl}/sandbox/held`)).ok;
}

export async function releaseAnswer({ orgUrl }: Org): Promise<void> {
  await fetch(`${orgUrl}/sandbox/release`, { method: 'POST' });
}
