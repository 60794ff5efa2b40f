import type { Fault, PlannedFault } from '../../../sandbox/src/org/faults/fault.ts';
import type { Chain } from './chain.ts';

type Org = Pick<Chain, 'orgUrl'>;

/** Replaces what goes wrong in the org. */
export async function planFaults({ orgUrl }: Org, ...faults: readonly Fault[]): Promise<void> {
  const response = await fetch(`${orgUrl}/sandbox/faults`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ faults }),
  });
  if (!response.ok) throw new Error(`The org refused the faults: ${await response.text()}`);
}

/** How often each fault of the plan struck, in the order of the plan. */
export async function strikes({ orgUrl }: Org): Promise<readonly number[]> {
  const response = await fetch(`${orgUrl}/sandbox/faults`);
  const { faults } = (await response.json()) as { faults: readonly PlannedFault[] };
  return faults.map((fault) => fault.strikes);
}

/** A fault that harms nothing and tells by its strikes how many requests there were. */
export function countingRequests(path: string): Fault {
  return { kind: 'latency', path, milliseconds: 0 };
}
