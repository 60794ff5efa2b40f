export * from './performance/contribution.ts';
export * from './performance/inForce.ts';
export * from './performance/period.ts';
export * from './performance/scorecard.ts';
export * from './performance/wilsonInterval.ts';
