export * from './calls.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './lists.ts';
export * from './sessions.ts';
export * from './switch.ts';
export * from './targets.ts';
export * from './values.ts';
