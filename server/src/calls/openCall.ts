import type { Connection } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import { hashNumber, keyedHash } from './personalHash.ts';

/** A call that was permitted and may now be dialed. */
export interface CallOpening {
  readonly orgId: string;
  readonly callId: string;
  readonly userId: string;
  readonly numberE164: string;
  /** Digits behind the line's number. */
  readonly extension?: string | undefined;
  readonly recordId: string | undefined;
  /** The call about which a colleague is asked in this one. */
  readonly consultsFor?: string | undefined;
}

/**
 * Opens the ledger for a call; the same opening again changes nothing. Refuses with `callIdReused` when the id is
 * taken by a call of another number, record, purpose, rep or org. Call it within a transaction.
 */
export async function openCall(
  connection: Connection,
  personalDataKey: Buffer,
  opening: CallOpening,
): Promise<void> {
  const { orgId, callId, userId, numberE164, extension, recordId, consultsFor } = opening;
  const dialed = [
    numberE164,
    recordId ?? null,
    ...(extension === undefined ? [] : [extension]),
    ...(consultsFor === undefined ? [] : ['consultsFor', consultsFor.toLowerCase()]),
  ];
  const openingHash = keyedHash(personalDataKey, ['opening', orgId, userId, ...dialed]);
  // A rep waits for this between the click and the call: one statement, planned once.
  const opened = await connection.query(
    `with positioned as (
       insert into rep_position (org_id, user_id) values ($1, $2) on conflict (org_id, user_id) do nothing
     ), opened as (
       insert into call (org_id, call_id, user_id, number_hash, opening_hash, purpose)
       select $1, $3::uuid, $2, $4, $5, $6
       where not exists (select from call where call_id = $3::uuid and org_id <> $1)
       on conflict (org_id, call_id) do nothing returning org_id, call_id
     )
     insert into call_personal (org_id, call_id, number_e164, extension, record_id)
     select org_id, call_id, $7, $8, $9 from opened returning call_id`,
    [
      orgId,
      userId,
      callId,
      hashNumber(personalDataKey, orgId, numberE164),
      openingHash,
      consultsFor === undefined ? 'prospect' : 'consultation',
      numberE164,
      extension ?? null,
      recordId ?? null,
    ],
    { keepPlan: true },
  );
  if (opened.length === 1) return;
  const same = await connection.query(
    'select from call where org_id = $1 and call_id = $2 and opening_hash = $3',
    [orgId, callId, openingHash],
  );
  if (same.length === 0) throw new Refusal('callIdReused', 'callId');
}
