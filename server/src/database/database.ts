import pg from 'pg';
import { DatabaseUnavailable, unavailableCause } from './unavailable.ts';

/** Runs one statement and gives its rows. Values are bound (`$1`…); SQL text never contains a value. */
export interface Connection {
  query<Row extends object>(
    sql: string,
    values?: readonly unknown[],
    options?: StatementOptions,
  ): Promise<Row[]>;
}

export interface StatementOptions {
  /**
   * Each database connection parses and plans the statement once and keeps the plan. For one that is long, runs often
   * and is planned alike however much its tables hold: a plan made while they were empty would stay.
   */
  readonly keepPlan?: boolean;
}

/**
 * The relay's store. `query` runs outside a transaction; `transaction` commits when its work resolves and rolls
 * back when it rejects. Both throw {@link DatabaseUnavailable} when the database could not be asked: then nothing
 * may be acknowledged, though a commit whose answer was lost may have happened.
 */
export interface Database extends Connection {
  transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections of this process. */
  readonly maximumConnections?: number;
  /** What the server lists this process as. */
  readonly applicationName?: string;
  /** Told of an idle connection's loss; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** A request waits this long for a free connection before it is told that the database is unavailable. */
const CONNECTION_WAIT_MS = 3_000;
/** Ends a statement or a wait for a lock, so that one stuck transaction cannot hold every request. */
const STATEMENT_TIMEOUT_MS = 10_000;
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;

/** Opens the pool and proves with one statement that the database answers. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maximumConnections ?? 10,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    application_name: options.applicationName ?? 'scoreline-relay',
    types: { getTypeParser },
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  const database: Database = {
    query: (sql, values, statement) => withClient(pool, (client) => queryOn(client, sql, values, statement)),
    transaction: (work) => withClient(pool, (client) => transactionOn(client, work)),
    close: () => pool.end(),
  };
  try {
    await database.query('select 1');
  } catch (error) {
    await pool.end();
    throw error;
  }
  return database;
}

async function queryOn<Row extends object>(
  client: pg.PoolClient,
  sql: string,
  values: readonly unknown[] = [],
  { keepPlan = false }: StatementOptions = {},
): Promise<Row[]> {
  const result = await client.query<Row>({
    text: sql,
    values: [...values],
    ...(keepPlan ? { name: statementNameOf(sql) } : {}),
  });
  return result.rows;
}

const statementNames = new Map<string, string>();

/** The server knows a kept plan by its name: one for each text. */
function statementNameOf(sql: string): string {
  const name = statementNames.get(sql) ?? `statement-${statementNames.size + 1}`;
  statementNames.set(sql, name);
  return name;
}

async function transactionOn<Result>(
  client: pg.PoolClient,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  await client.query('begin');
  try {
    const result = await work({ query: (sql, values, statement) => queryOn(client, sql, values, statement) });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Lends a client and takes it back; a client whose connection broke is thrown away. The first error is the one that
 * is reported: a rollback on a broken connection fails too, and says less.
 */
async function withClient<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw new DatabaseUnavailable(error);
  }
  let broken: Error | undefined;
  const noteBreak = (error: Error): void => {
    broken ??= error;
  };
  client.on('error', noteBreak);
  try {
    return await work(client);
  } catch (error) {
    const unavailable = unavailableCause(broken ?? error);
    if (unavailable !== undefined) broken ??= unavailable;
    throw unavailable ?? error;
  } finally {
    client.off('error', noteBreak);
    client.release(broken);
  }
}

/**
 * `bigint` arrives as a number, because every one here is a counter far below 2^53; `date` stays `YYYY-MM-DD`, which
 * a `Date` in this computer's zone would not. The rest is as node-postgres has it (`timestamptz` → `Date`,
 * `numeric` → string).
 */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary' && oid === pg.types.builtins.INT8) return Number;
  if (format !== 'binary' && oid === pg.types.builtins.DATE) return String;
  return pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown;
}
