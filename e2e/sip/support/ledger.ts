import type { Chain } from '../../faults/support/chain.ts';

/** What the switch told the relay of a call: kinds in their order, and what is said of the end. */
export interface SwitchDetail {
  readonly kinds: readonly string[];
  readonly endedBy: string | null;
  readonly cause: string | null;
  readonly sipStatus: number | null;
}

interface EventRow {
  readonly kind: string;
  readonly ended_by: string | null;
  readonly cause: string | null;
  readonly sip_status: number | null;
}

export async function switchDetail({ relayDatabase }: Chain, callId: string): Promise<SwitchDetail> {
  const { rows } = await relayDatabase.query<EventRow>(
    `select kind, ended_by, cause, sip_status from call_event
     where call_id = $1 and witness = 'switch' order by sequence`,
    [callId],
  );
  const end = rows.find(({ kind }) => kind === 'ended');
  return {
    kinds: rows.map(({ kind }) => kind),
    endedBy: end?.ended_by ?? null,
    cause: end?.cause ?? null,
    sipStatus: end?.sip_status ?? null,
  };
}

/** How far the ledger believes the call. */
export async function evidenceOf({ relayDatabase }: Chain, callId: string): Promise<string | undefined> {
  const { rows } = await relayDatabase.query<{ evidence: string }>(
    'select evidence from call where call_id = $1',
    [callId],
  );
  return rows[0]?.evidence;
}
