import type { Schema } from '../schema/schema.ts';
import type { SaveInterceptor, UnitOfWork } from '../unitOfWork.ts';
import type { Fault, PlannedFault } from './fault.ts';
import { createRowLocks } from './rowLocks.ts';
import { createSaveInterceptor } from './saveFaults.ts';
import { seededDraw } from './seededDraw.ts';

const DEFAULT_SEED = 1;

/** What strikes one request, drawn when it arrives. */
export interface RequestFaults {
  readonly latencyMilliseconds: number;
  /** The fault that takes the request or its answer away; at most one can. */
  readonly ending: Fault | null;
  /** Lower-case `object.field` names. */
  readonly hiddenFields: ReadonlySet<string>;
  readonly deletesParents: boolean;
  /** Null while the plan has nothing to do with rows. */
  readonly interceptor: SaveInterceptor | null;
  /** Lets go of the rows that the request wrote to, once its transaction has ended. */
  readonly release: () => void;
}

/** What goes wrong in the org, on request. */
export interface FaultPlan {
  /** Replaces the plan. Throws {@link UnknownName} where it names no object or field of the org. */
  set(faults: readonly Fault[], seed?: number): void;
  clear(): void;
  list(): readonly PlannedFault[];
  /** @param path as the request has it, e.g. `/services/data/v66.0/composite` */
  strike(method: string, path: string): RequestFaults;
  /** The same for what the org does behind a request that it has answered: there is no answer to delay or lose. */
  strikeBatch(method: string, path: string): RequestFaults;
}

/** One plain sentence. */
export class UnknownName extends Error {}

interface Entry {
  readonly fault: Fault;
  strikes: number;
}

export function createFaultPlan(schema: Schema): FaultPlan {
  let entries: readonly Entry[] = [];
  let draw = seededDraw(DEFAULT_SEED);
  const locks = createRowLocks();

  const strikes = (entry: Entry, share = entry.fault.share ?? 1): boolean => {
    if (entry.strikes >= (entry.fault.times ?? Infinity) || draw() >= share) return false;
    entry.strikes += 1;
    return true;
  };
  const strikeWith = (fitting: readonly Entry[]): RequestFaults => {
    const struck: Fault[] = [];
    for (const entry of fitting) {
      if (isOfRows(entry.fault) || (isEnding(entry.fault) && struck.some(isEnding))) continue;
      if (strikes(entry)) struck.push(entry.fault);
    }
    const hasLocks = entries.some(({ fault }) => fault.kind === 'lockedRow');
    const rows = fitting.filter(({ fault }) => isOfRows(fault));
    const holder = {};
    return {
      latencyMilliseconds: latencyOf(struck),
      ending: struck.find(isEnding) ?? null,
      hiddenFields: hiddenFieldsOf(struck),
      deletesParents: struck.some(({ kind }) => kind === 'deletedParent'),
      interceptor:
        hasLocks || rows.length > 0
          ? createSaveInterceptor(rows, strikes, (ids) => (hasLocks ? locks.take(holder, ids) : []))
          : null,
      release: () => locks.release(holder),
    };
  };
  return {
    set(faults, seed = DEFAULT_SEED) {
      for (const fault of faults) checkNames(schema, fault);
      entries = faults.map((fault) => ({ fault, strikes: 0 }));
      draw = seededDraw(seed);
    },
    clear: () => {
      entries = [];
    },
    list: () => entries.map(({ fault, strikes: count }) => ({ ...fault, strikes: count })),
    strike: (method, path) => strikeWith(entries.filter(({ fault }) => fits(fault, method, path))),
    strikeBatch: (method, path) =>
      strikeWith(
        entries.filter(
          ({ fault }) => fits(fault, method, path) && !isEnding(fault) && fault.kind !== 'latency',
        ),
      ),
  };
}

/** The work as the faults leave it: fields hidden, saves interfered with. */
export function withFaults(work: UnitOfWork, { hiddenFields, interceptor }: RequestFaults): UnitOfWork {
  const access = { ...work.access, hiddenFields };
  return interceptor === null ? { ...work, access } : { ...work, access, interceptor };
}

function isEnding(fault: Fault): boolean {
  return !isOfRows(fault) && !['latency', 'hiddenField', 'deletedParent'].includes(fault.kind);
}

function isOfRows({ kind }: Fault): boolean {
  return kind === 'lockedRow' || kind === 'automation';
}

function fits(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  const resource = path.replace(/^\/services\/data\/v\d+\.0(?=\/|$)/, '');
  return (fault.path.startsWith('/services/') ? path : resource).startsWith(fault.path);
}

function latencyOf(faults: readonly Fault[]): number {
  return faults.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.milliseconds : 0), 0);
}

function hiddenFieldsOf(faults: readonly Fault[]): ReadonlySet<string> {
  return new Set(
    faults.flatMap((fault) =>
      fault.kind === 'hiddenField' ? [`${fault.object}.${fault.field}`.toLowerCase()] : [],
    ),
  );
}

function checkNames(schema: Schema, fault: Fault): void {
  if (fault.kind !== 'hiddenField' && fault.kind !== 'automation') return;
  const object = schema.object(fault.object);
  if (!object) throw new UnknownName(`The org has no object ${fault.object}`);
  const names = fault.kind === 'hiddenField' ? [fault.field] : Object.keys(fault.changes ?? {});
  const unknown = names.find((name) => !schema.field(object, name));
  if (unknown !== undefined) throw new UnknownName(`The org has no field ${object.name}.${unknown}`);
}
