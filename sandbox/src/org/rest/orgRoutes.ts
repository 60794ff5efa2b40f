import { ingestRoutes } from '../bulk/ingestRoutes.ts';
import { queryJobRoutes } from '../bulk/queryJobRoutes.ts';
import { graphqlRoute } from '../graphql/graphqlRoute.ts';
import type { Schema } from '../schema/schema.ts';
import type { Route } from './api.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoute } from './composite.ts';
import { compositeBatchRoute } from './compositeBatch.ts';
import { describeRoutes } from './describe.ts';
import { queryRoutes } from './query.ts';
import { recordRoutes } from './records.ts';
import { replicationRoutes } from './replication.ts';
import { resourceRoutes } from './resources.ts';
import { searchRoutes } from './search.ts';
import { objectInfoRoutes } from './objectInfo.ts';
import { uiRecordRoutes } from './uiRecords.ts';

/** Every resource of the REST API. Of two that fit an address the first answers. */
export function orgRoutes(schema: Schema): readonly Route[] {
  const routes: Route[] = [
    ...resourceRoutes,
    ...describeRoutes,
    ...replicationRoutes,
    ...recordRoutes,
    ...queryRoutes,
    ...searchRoutes,
    ...collectionRoutes,
    ...ingestRoutes,
    ...queryJobRoutes,
    ...uiRecordRoutes,
    ...objectInfoRoutes,
    graphqlRoute(schema),
    compositeRoute(() => routes),
    compositeBatchRoute(() => routes),
  ];
  return routes;
}
