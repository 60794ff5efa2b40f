import { randomBytes } from 'node:crypto';
import { setTimeout as passed } from 'node:timers/promises';
import { newCallId, talkedFor } from '../../../e2e/support/relayClient.ts';
import { CALL_CHANGED_QUEUE, openCall, recordEvents } from '../../../server/src/calls/index.ts';
import { migrate, openDatabase, openQueue } from '../../../server/src/database/index.ts';
import { quantile } from './statistics.ts';

const ORG_ID = '00D000000000002AAA';
const BETWEEN_CALLS_MS = 50;
const TALK_SECONDS = 65;

const [, , databaseUrl = ''] = process.argv;
const database = await openDatabase(databaseUrl);
await migrate(database);
const queue = await openQueue(databaseUrl, { queueNames: [CALL_CHANGED_QUEUE], onError: () => undefined });
const ledger = { database, queue, personalDataKey: randomBytes(32), networkReports: () => true };
const latenciesMs: number[] = [];
let isWriting = false;
let writing: Promise<void> = Promise.resolve();

process.on('message', (wish) => void answer(String(wish)));
process.send?.('ready');

async function answer(wish: string): Promise<void> {
  if (wish === 'begin') {
    isWriting = true;
    writing = write();
  } else if (wish === 'pause') {
    isWriting = false;
    await writing;
  } else if (wish === 'p99Ms') {
    process.send?.({ p99Ms: Math.round(quantile(latenciesMs, 0.99)) });
    return;
  } else {
    await queue.stop();
    await database.close();
    process.disconnect();
    return;
  }
  process.send?.(wish);
}

/** One call after another; only the write that is acknowledged is timed. */
async function write(): Promise<void> {
  for (let number = 0; isWriting; number += 1) {
    const [callId, userId] = [newCallId(), `005${String(number % 40).padStart(12, '0')}AAA`];
    await database.transaction((connection) =>
      openCall(connection, ledger.personalDataKey, {
        orgId: ORG_ID,
        callId,
        userId,
        numberE164: '+13035550142',
        recordId: undefined,
        consultsFor: undefined,
      }),
    );
    const sentMs = performance.now();
    await recordEvents(ledger, {
      orgId: ORG_ID,
      witness: 'switch',
      events: talkedFor(TALK_SECONDS).map((event) => ({ callId, userId, event })),
    });
    latenciesMs.push(performance.now() - sentMs);
    await passed(BETWEEN_CALLS_MS);
  }
}
