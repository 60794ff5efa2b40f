import { readdir, readFile } from 'node:fs/promises';
import type { Connection, Database } from './database.ts';

const MIGRATIONS_FOLDER = new URL('./migrations/', import.meta.url);
const MIGRATION_NAME = /^\d{3}-[a-z0-9-]+\.sql$/u;
/** Any constant: every relay takes the same advisory lock, so that two that start together do not both migrate. */
const MIGRATION_LOCK = 7_261_001;

/**
 * Runs every `migrations/NNN-name.sql` that has not run in this database, in the order of the names, all in one
 * transaction: a failing one leaves the database as it was. Gives the names that ran now.
 */
export async function migrate(database: Database): Promise<string[]> {
  const names = (await readdir(MIGRATIONS_FOLDER)).filter((name) => MIGRATION_NAME.test(name)).sort();
  return database.transaction(async (connection) => {
    await connection.query('set local lock_timeout = 0');
    await connection.query('set local statement_timeout = 0');
    await connection.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await connection.query(
      'create table if not exists schema_migration (name text primary key, ran_at timestamptz not null default now())',
    );
    const done = await connection.query<{ name: string }>('select name from schema_migration');
    const pending = names.filter((name) => !done.some((row) => row.name === name));
    for (const name of pending) await runMigration(connection, name);
    return pending;
  });
}

async function runMigration(connection: Connection, name: string): Promise<void> {
  await connection.query(await readFile(new URL(name, MIGRATIONS_FOLDER), 'utf8'));
  await connection.query('insert into schema_migration (name) values ($1)', [name]);
}
