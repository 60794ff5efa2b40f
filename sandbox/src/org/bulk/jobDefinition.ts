import { z } from 'zod';

/** Commas and UTF-8 are all that this org reads and writes; another delimiter is refused. */
const format = {
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: z.literal('COMMA').default('COMMA'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
};

/** The body that opens an ingest job. */
export const ingestDefinition = z.object({
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete']),
  externalIdFieldName: z.string().optional(),
  ...format,
});

/** The body that opens a query job. */
export const queryDefinition = z.object({
  query: z.string(),
  operation: z.enum(['query', 'queryAll']),
  ...format,
});

/** The body that changes a job's state. */
export const stateChange = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

export type IngestDefinition = z.output<typeof ingestDefinition>;
export type QueryDefinition = z.output<typeof queryDefinition> & {
  /** What it selects from. */
  readonly object: string;
};

export type JobKind = 'ingest' | 'query';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
