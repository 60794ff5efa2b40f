import pg from 'pg';

import { copyIn } from './copyIn.ts';
import type { ColumnValue } from './copyIn.ts';

/** Runs statements inside one transaction. */
export interface Connection {
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Writes rows in bulk. `target` is a table with its columns, already quoted. */
  copyIn(target: string, rows: Iterable<readonly ColumnValue[]>): Promise<void>;
}

const NUMERIC = 1700;
const BIGINT = 20;

/** Numbers come back as numbers: the org's fields hold at most 18 digits and JSON knows no other kind. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === NUMERIC || id === BIGINT ? Number : (pg.types.getTypeParser(id, format) as typeof Number),
};

/** What a transaction ends with: its result, and whether its changes stay. */
export interface Ended<Result> {
  readonly result: Result;
  readonly commit: boolean;
}

/** `snapshot` shows the same state to every statement of the transaction. */
export type Isolation = 'each statement' | 'snapshot';

/** Runs the work in a transaction and commits it, unless the work says otherwise or throws. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (connection: Connection) => Promise<Ended<Result>>,
  isolation: Isolation = 'each statement',
): Promise<Result> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query(
      isolation === 'snapshot' ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN',
    );
    const { result, commit } = await work(connectionOf(client));
    await client.query(commit ? 'COMMIT' : 'ROLLBACK');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/** Runs the work so that a failure undoes its own changes and nothing else of the transaction. */
export async function inSavepoint<Result>(
  connection: Connection,
  work: () => Promise<Ended<Result>>,
): Promise<Result> {
  await connection.query('SAVEPOINT step');
  try {
    const { result, commit } = await work();
    if (!commit) await connection.query('ROLLBACK TO SAVEPOINT step');
    await connection.query('RELEASE SAVEPOINT step');
    return result;
  } catch (error) {
    await connection.query('ROLLBACK TO SAVEPOINT step');
    await connection.query('RELEASE SAVEPOINT step');
    throw error;
  }
}

/** Quotes a name for SQL. The only way in which a name enters a statement. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** One statement at a time, in the order of asking, however many ask at once. */
function connectionOf(client: pg.PoolClient): Connection {
  let previous: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const run = previous.then(work);
    previous = run.catch(() => undefined);
    return run;
  };
  return {
    query: <Row>(sql: string, values: readonly unknown[] = []) =>
      inTurn(async () => {
        const result = await client.query({ text: sql, values: [...values], types });
        return result.rows as Row[];
      }),
    copyIn: (target, rows) => inTurn(() => copyIn(client, target, rows)),
  };
}
