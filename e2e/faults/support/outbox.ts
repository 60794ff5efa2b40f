import type { Chain } from './chain.ts';

type Ask = Pick<Chain, 'relayDatabase'>;

/** What is due later is due now, and the org may be asked at once: a test has no hours. */
export async function bringForward({ relayDatabase }: Ask): Promise<void> {
  await relayDatabase.query(
    "update crm_pace set resume_at = '-infinity' where resume_at > now() or next_request_at > now()",
  );
  await relayDatabase.query(
    "update crm_pace set next_request_at = '-infinity' where next_request_at > now()",
  );
  await relayDatabase.query('update crm_delivery set due_at = now() where due_at > now()');
  await relayDatabase.query('update rep_rollup set card_due_at = now() where card_due_at > now()');
}

/** Whether nothing is left to be sent to the org; dead letters wait for nobody. */
export async function isOutboxEmpty({ relayDatabase }: Ask): Promise<boolean> {
  const { rows } = await relayDatabase.query<{ open: boolean }>(
    `select exists (select from crm_delivery where due_at is not null or load_id is not null)
       or exists (select from rep_rollup where card_due_at is not null) as open`,
  );
  return rows[0]?.open === false;
}

/** The state of a call's delivery. */
export interface Delivery {
  readonly attempts: number;
  readonly dueAt: Date | null;
  readonly lastError: string | null;
  readonly isDead: boolean;
  readonly isDelivered: boolean;
}

export async function deliveriesOf(
  { relayDatabase }: Ask,
  callIds: readonly string[],
): Promise<readonly Delivery[]> {
  const { rows } = await relayDatabase.query<Delivery>(
    `select attempts, due_at as "dueAt", last_error as "lastError", dead_at is not null as "isDead",
       delivered_version is not null as "isDelivered"
     from crm_delivery where call_id = any($1::uuid[]) order by call_id`,
    [callIds],
  );
  return rows;
}
