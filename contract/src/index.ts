export * from './callEvents.ts';
export * from './callStates.ts';
export type { ErrorEntry } from './errorEntry.ts';
export * from './errors.ts';
export * from './messages.ts';
export * from './metrics.ts';
export * from './outcomes.ts';
export * from './phone.ts';
export * from './signalling.ts';
