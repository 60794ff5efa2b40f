import type express from 'express';
import { Router } from 'express';
import type pg from 'pg';

import { budgetRouter } from './budget/budgetEdge.ts';
import { createRequestBudget } from './budget/requestBudget.ts';
import { createBulkProcessor } from './bulk/processor.ts';
import type { BulkProcessor } from './bulk/processor.ts';
import { loadRecords } from './changes/loadRecords.ts';
import type { LoadedRecord } from './changes/loadRecords.ts';
import { createRecord } from './changes/saveRecord.ts';
import { demoLoginRouter } from './demoLogin.ts';
import { createFaultEdge } from './faults/faultEdge.ts';
import type { FaultEdge } from './faults/faultEdge.ts';
import { createFaultPlan } from './faults/faultPlan.ts';
import type { FaultPlan } from './faults/faultPlan.ts';
import { createHeldAnswers } from './heldAnswers.ts';
import { oauthRouter } from './oauth.ts';
import type { ConnectedApp } from './oauth.ts';
import { findUserId, listPeople, readUser } from './people.ts';
import { openDatabase } from './openDatabase.ts';
import type { OrgRecord } from './query/rowPlan.ts';
import { orgRoutes } from './rest/orgRoutes.ts';
import { createQueryCursors } from './rest/queryCursors.ts';
import { restRouter } from './rest/restRouter.ts';
import { loadMetadata } from './schema/loadMetadata.ts';
import type { OrgMetadata } from './schema/loadMetadata.ts';
import { createSessions } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { assignPermissionSet } from './setup.ts';
import type { OrganizationProfile } from './setup.ts';
import { runSoql } from './soql/runSoql.ts';
import { inTransaction } from './storage/database.ts';
import type { UnitOfWork } from './unitOfWork.ts';
import type { WorkSource } from './workSource.ts';

export interface OrgOptions {
  /** A database of the org's own; it may be empty. The caller ends the pool. */
  readonly pool: pg.Pool;
  /** Folders in source format, e.g. `force-app`. One that is missing holds nothing. */
  readonly metadataDirectories: readonly string[];
  /** Where the router is reached, e.g. `http://localhost:3000`. */
  readonly instanceUrl: string;
  /** The audience of the tokens that the org signs for the relay. */
  readonly relayUrl: string;
  /** PKCS #8 PEM, RSA: signs tokens for the relay, and keys the org's own sessions. */
  readonly signingKey: string;
  readonly connectedApps: readonly ConnectedApp[];
  /** What a new org says of itself. */
  readonly organization?: OrganizationProfile;
  /** Whether the org has forecasts switched on, and so quotas; it has unless said otherwise. */
  readonly hasForecasting?: boolean;
  /** Requests that the REST API answers in 24 hours; 100,000 unless said otherwise. */
  readonly dailyRequests?: number;
  /** The clock of that day, in epoch milliseconds. */
  readonly nowMs?: () => number;
  /** Throws away what the database holds. */
  readonly reset?: boolean;
  /** Hears of errors that the org answers with status 500. */
  readonly onError?: (error: unknown) => void;
}

export interface LocalOrg {
  readonly orgId: string;
  /** Mount at the root: it serves `/services`, `/id`, `/lightning/apex` and its own paths under `/sandbox`. */
  readonly router: express.Router;
  /** Creates records as the org itself and answers their ids in order; one fault undoes them all. */
  insert(objectName: string, records: readonly Readonly<Record<string, unknown>>[]): Promise<string[]>;
  /** Writes whole records in bulk, unchecked: {@link loadRecords}. */
  load(objectName: string, records: readonly LoadedRecord[]): Promise<string[]>;
  /** Runs SOQL as the org itself. */
  query(soql: string): Promise<readonly OrgRecord[]>;
  assignPermissionSet(userId: string, permissionSetName: string): Promise<void>;
  /** True until the first user exists. */
  isEmpty(): Promise<boolean>;
  /** What goes wrong on request, as `/sandbox/faults` sets it. */
  readonly faults: Pick<FaultPlan, 'set' | 'clear' | 'list'>;
  /** Lets go of held and delayed answers, and of bulk jobs between two batches. The pool stays the caller's. */
  close(): Promise<void>;
}

const API_VERSION = '66.0';
const DAILY_REQUESTS = 100_000;
const SAMPLE_ORGANIZATION: OrganizationProfile = {
  name: 'Northwind Outdoor',
  timeZone: 'America/Denver',
  fiscalYearStartMonth: 1,
};

/**
 * Opens the local org on its database: reads the metadata, builds or widens the tables and deploys what the metadata
 * holds as records. Throws, naming the file, where the metadata is wrong.
 */
export async function createOrg(options: OrgOptions): Promise<LocalOrg> {
  const loaded = loadMetadata(options.metadataDirectories, {
    hasForecasting: options.hasForecasting ?? true,
  });
  const { metadata, orgId, works } = await openDatabase(options.pool, loaded, {
    organization: options.organization ?? SAMPLE_ORGANIZATION,
    reset: options.reset ?? false,
  });
  const asSystem = <Result>(run: (work: UnitOfWork) => Promise<Result>): Promise<Result> =>
    inTransaction(options.pool, async (connection) => ({
      result: await run(await works.forSystem(connection)),
      commit: true,
    }));
  const held = createHeldAnswers();
  const sessions = createSessions(orgId, options.signingKey, () => Date.now());
  const faults = createFaultPlan(metadata.schema);
  const faultEdge = createFaultEdge(faults, (token) => sessions.revoke(token));
  const onError = options.onError ?? (() => undefined);
  const bulk = createBulkProcessor({ pool: options.pool, works, faults, onError });
  bulk.wake();
  return {
    orgId,
    faults,
    router: buildRouter(options, { metadata, orgId, works, asSystem, held, sessions, faultEdge, bulk }),
    insert: (objectName, records) =>
      asSystem(async (work) => {
        const object = work.schema.object(objectName);
        if (!object) throw new Error(`The object ${objectName} is unknown`);
        const ids: string[] = [];
        for (const record of records) ids.push(await createRecord(work, object, record));
        return ids;
      }),
    load: (objectName, records) => asSystem((work) => loadRecords(work, objectName, records)),
    query: (soql) => asSystem((work) => selectAll(work, soql)),
    assignPermissionSet: (userId, name) => asSystem((work) => assignPermissionSet(work, userId, name)),
    isEmpty: async () =>
      (await asSystem((work) => selectAll(work, 'SELECT Id FROM User LIMIT 1'))).length === 0,
    close: async () => {
      held.close();
      faultEdge.close();
      await bulk.close();
    },
  };
}

interface OrgParts {
  readonly metadata: OrgMetadata;
  readonly orgId: string;
  readonly works: WorkSource;
  readonly asSystem: <Result>(run: (work: UnitOfWork) => Promise<Result>) => Promise<Result>;
  readonly held: ReturnType<typeof createHeldAnswers>;
  readonly sessions: Sessions;
  readonly faultEdge: FaultEdge;
  readonly bulk: BulkProcessor;
}

function buildRouter(options: OrgOptions, parts: OrgParts): express.Router {
  const { metadata, orgId, works, asSystem, held, sessions, faultEdge, bulk } = parts;
  const { pool, instanceUrl, connectedApps, relayUrl, signingKey } = options;
  const budget = createRequestBudget(options.dailyRequests ?? DAILY_REQUESTS, options.nowMs ?? Date.now);
  const router = Router();
  router.use(held.middleware, held.router, budgetRouter(budget), faultEdge.router, faultEdge.middleware);
  router.use(
    demoLoginRouter({
      orgId,
      instanceUrl,
      sessions,
      listUsers: () => asSystem((work) => listPeople(work, connectedApps)),
      hasUser: async (userId) => (await asSystem((work) => readUser(work, userId))) !== null,
    }),
  );
  router.use(
    oauthRouter({
      orgId,
      instanceUrl,
      connectedApps,
      sessions,
      findUserId: (username) => asSystem((work) => findUserId(work, username)),
      readUser: (userId) => asSystem((work) => readUser(work, userId)),
    }),
  );
  router.use(
    restRouter({
      pool,
      sessions,
      works,
      routes: orgRoutes(metadata.schema),
      org: {
        orgId,
        instanceUrl,
        cursors: createQueryCursors(),
        usage: () => budget.usage(),
        wakeBulk: () => bulk.wake(),
      },
      faultsOf: faultEdge.of,
      apex: { orgId, relayUrl, signingKey, version: API_VERSION },
      onError: options.onError ?? (() => undefined),
    }),
  );
  return router;
}

async function selectAll(work: UnitOfWork, soql: string): Promise<readonly OrgRecord[]> {
  const run = { soql, includesDeleted: false, version: API_VERSION };
  return (await runSoql(work, work.connection, run)).records;
}
