import { graphql } from 'lightning/graphql';
import DriveList from 'c/driveList';
import {
  emit,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

type Fields = Readonly<Record<string, unknown>>;

const values = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]));

function member(name: string, fields: Fields): object {
  return { node: { Id: `member ${name}`, Rep__r: { Name: { value: name } }, ...values(fields) } };
}

function drive(fields: Fields, ...members: object[]): object {
  return {
    node: {
      Id: `drive ${String(fields.First_Day__c)}`,
      ...values({ Metric__c: 'connectRate', Uplift__c: 20, Practice__c: 'Call before ten.', ...fields }),
      Members__r: { edges: members },
    },
  };
}

async function mountList(...edges: object[]) {
  const list = await mount('c-drive-list', DriveList, {});
  emit(graphql, { data: { uiapi: { query: { Sales_Drive__c: { edges } } } } });
  await rendered();
  return list;
}

const FIGURES = {
  Baseline__c: 0.1,
  Expected__c: 0.12,
  Goal__c: 0.144,
  Value__c: 0.18,
  Change__c: 0.06,
  Change_Low__c: 0.01,
  Change_High__c: 0.11,
};

describe('c-drive-list', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-08-20T12:00:00Z'), doNotFake: ['queueMicrotask'] });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('is not there without drives, nor with one that ended long ago', async () => {
    const old = drive({ First_Day__c: '2026-01-01', Last_Day__c: '2026-02-01' });
    expect(findAll(await mountList(old), 'section')).toHaveLength(0);
  });

  it('shows how each rep goes, and no verdict before the end', async () => {
    const list = await mountList(
      drive(
        { First_Day__c: '2026-08-10', Last_Day__c: '2026-09-10' },
        member('Zoe', {}),
        member('Ana', FIGURES),
      ),
    );
    expect(textOf(list, '.drive .headline')).toBe('Connect rate +20%, Aug 10, 2026 to Sep 10, 2026, runs');
    expect(textOf(list, '.practice')).toBe('Call before ten.');
    expect(findAll(list, 'tbody tr').map((row) => row.textContent)).toEqual([
      'Ana10%12%14.4%18%+6 points (+1 points to +11 points)Told at the end',
      'Zoe–––––Told at the end',
    ]);
  });

  it('gives the result at the end', async () => {
    const list = await mountList(
      drive(
        { First_Day__c: '2026-07-01', Last_Day__c: '2026-08-01' },
        member('Ana', { ...FIGURES, Verdict__c: 'improved' }),
      ),
    );
    expect(textOf(list, '.drive .headline')).toContain('ended');
    expect(find<HTMLElement & { verdict: string }>(list, 'c-verdict-mark').verdict).toBe('improved');
  });
});
