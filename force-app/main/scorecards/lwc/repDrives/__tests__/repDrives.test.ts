import { graphql } from 'lightning/graphql';
import RepDrives from 'c/repDrives';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  emit,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

const FIELDS = {
  Metric__c: 'connectRate',
  Uplift__c: 20,
  First_Day__c: '2026-10-05',
  Last_Day__c: '2026-11-06',
  Expected__c: 0.155,
  Goal__c: 0.186,
  Value__c: 0.211,
  Change__c: 0.056,
  Change_Low__c: 0.012,
  Change_High__c: 0.101,
};

function member(id: string, changes: object = {}): object {
  const fields = Object.entries({ ...FIELDS, ...changes });
  return { node: { Id: id, ...Object.fromEntries(fields.map(([name, value]) => [name, { value }])) } };
}

async function mountDrives(...edges: object[]) {
  const drives = await mount('c-rep-drives', RepDrives, { repId: '005A' });
  emit(graphql, { data: { uiapi: { query: { Sales_Drive_Member__c: { edges } } } } });
  await rendered();
  return drives;
}

const at = (day: string) => jest.setSystemTime(new Date(`${day}T18:00:00Z`));

describe('c-rep-drives', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    at('2026-10-25');
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('says what to do differently, where the drive says so', async () => {
    const drives = await mountDrives(member('1', { Practice__c: 'Call before ten.' }));
    expect(textOf(drives, '.practice')).toBe('Call before ten.');
    expect(findAll(await mountDrives(member('2')), '.practice')).toEqual([]);
  });

  it('says how a running drive goes, how long it runs, and that nothing is judged yet', async () => {
    const drives = await mountDrives(member('1'));
    expect(textOf(drives)).toBe(
      'Drives Connect rate +20% 12 days left Now 21.1% Goal 18.6% Without the drive 15.5% Change, likely +5.6 points (+1.2 points to +10.1 points) Whether it helped is told at the end',
    );
    expect(findAll(drives, 'c-verdict-mark')).toHaveLength(0);
    await expect(inRealTime(drives)).toBeAccessible();
  });

  it.each([
    ['2026-11-05', '1 day left'],
    ['2026-11-06', 'ends today'],
    ['2026-11-07', 'ended Nov 6'],
  ])('on %s says: %s', async (day, words) => {
    at(day);
    expect(textOf(await mountDrives(member('1')), '.title')).toContain(words);
  });

  it.each(['improved', 'noEvidence', 'declined'])('at the end says %s as it is', async (verdict) => {
    at('2026-11-10');
    const drives = await mountDrives(member('1', { Verdict__c: verdict }));
    expect(find<HTMLElement & { verdict: string }>(drives, 'c-verdict-mark').verdict).toBe(verdict);
    expect(textOf(drives)).toContain('Reached 21.1%');
    expect(textOf(drives)).not.toContain('told at the end');
    await expect(inRealTime(drives)).toBeAccessible();
  });

  it('says so while the result is on its way', async () => {
    at('2026-11-07');
    expect(textOf(await mountDrives(member('1')))).toContain('The result follows within the hour');
  });

  it('shows nothing of a drive of long ago, or that the relay has not told of', async () => {
    at('2027-02-07');
    expect(textOf(await mountDrives(member('1')))).toBe('');
    at('2026-10-25');
    expect(textOf(await mountDrives(member('1', { Metric__c: null })))).toBe('');
    expect(textOf(await mountDrives())).toBe('');
  });
});
