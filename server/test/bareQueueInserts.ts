import { PgBoss } from 'pg-boss';

const QUEUE = 'bare';

/** How many jobs a second pg-boss takes one by one, as it comes, from so many callers at once. */
export async function bareInsertsPerSecond(
  databaseUrl: string,
  { inserts, concurrency }: { readonly inserts: number; readonly concurrency: number },
): Promise<number> {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  try {
    await boss.createQueue(QUEUE);
    let begun = 0;
    const startedMs = performance.now();
    const callers = Array.from({ length: concurrency }, async () => {
      while (begun++ < inserts) await boss.send(QUEUE, { callId: String(begun) });
    });
    await Promise.all(callers);
    return inserts / ((performance.now() - startedMs) / 1_000);
  } finally {
    await boss.stop({ graceful: false });
  }
}
