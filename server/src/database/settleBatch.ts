import type { Job, JobResult } from 'pg-boss';
import * as z from 'zod/mini';
import { DatabaseUnavailable } from './unavailable.ts';

/** Why one job of a batch did not succeed. */
export interface JobFailure {
  /** The payload's place in the batch. */
  readonly index: number;
  /** For the operator, in the job's record; without personal data. */
  readonly reason: string;
  /** Set when trying again cannot help: the job goes to the dead-letter queue now. */
  readonly final?: boolean;
}

/** Jobs of one batch that did not succeed: how many for each reason. */
export interface FailedJobs {
  readonly queueName: string;
  readonly jobFailures: Readonly<Record<string, number>>;
  /** How many of them went to the dead-letter queue. */
  readonly count: number;
}

export interface WorkOptions<Payload> {
  readonly batchSize: number;
  /** A stored payload that it refuses goes to the dead-letter queue. */
  readonly schema: z.core.$ZodType<Payload>;
  /**
   * Must be idempotent: a job whose worker died is handed out again. Resolves when all are done, or with those that
   * failed. When it throws, each job is tried alone so that one bad job holds up no other; an
   * unavailable database fails the batch as it is.
   */
  readonly handle: (payloads: Payload[]) => Promise<readonly JobFailure[] | void>;
}

const reasonSchema = z.object({ reason: z.string() });

/** Why a job did not succeed, from its record. */
export function reasonOf(output: unknown): string {
  return z.safeParse(reasonSchema, output).data?.reason ?? 'unknown';
}

/** Jobs of a batch by the reasons for which they failed. */
export function summaryOf(queueName: string, failed: readonly JobResult[]): FailedJobs {
  const jobFailures: Record<string, number> = {};
  for (const { output } of failed) {
    const reason = reasonOf(output);
    jobFailures[reason] = (jobFailures[reason] ?? 0) + 1;
  }
  return { queueName, jobFailures, count: failed.filter(({ status }) => status === 'deadletter').length };
}

/** Runs a batch and gives each job's result. */
export async function settleBatch<Payload>(
  jobs: Job<unknown>[],
  options: WorkOptions<Payload>,
  onError: (error: Error) => void,
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  const valid: { id: string; payload: Payload }[] = [];
  for (const { id, data } of jobs) {
    const parsed = z.safeParse(options.schema, data);
    if (parsed.success) valid.push({ id, payload: parsed.data });
    else
      results.push({ id, status: 'deadletter', output: { reason: 'The payload does not fit its schema' } });
  }
  if (valid.length > 0) results.push(...(await settleValid(valid, options, onError)));
  return results;
}

async function settleValid<Payload>(
  jobs: readonly { id: string; payload: Payload }[],
  options: WorkOptions<Payload>,
  onError: (error: Error) => void,
): Promise<JobResult[]> {
  try {
    const failures = (await options.handle(jobs.map((job) => job.payload))) ?? [];
    return jobs.map(({ id }, index) =>
      resultOf(
        id,
        failures.find((failure) => failure.index === index),
      ),
    );
  } catch (error) {
    onError(error instanceof Error ? error : new Error('A job handler threw something that is no error'));
    if (jobs.length === 1 || error instanceof DatabaseUnavailable)
      return jobs.map(({ id }, index) => resultOf(id, { index, reason: nameOf(error) }));
    const results: JobResult[] = [];
    for (const job of jobs) results.push(...(await settleValid([job], options, onError)));
    return results;
  }
}

function resultOf(id: string, failure: JobFailure | undefined): JobResult {
  if (failure === undefined) return { id, status: 'completed' };
  return {
    id,
    status: failure.final === true ? 'deadletter' : 'failed',
    output: { reason: failure.reason },
  };
}

/** The message may quote what was being delivered, so a job's record keeps only which kind of error it was. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
