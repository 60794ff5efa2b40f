import { graphql } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import userId from '@salesforce/user/Id';
import QuarterClose from 'c/quarterClose';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { teamCard } from '../../../../../test/jest-support/teamAnswer.ts';

type Config = { readonly variables?: Readonly<Record<string, unknown>> };
interface TestAdapter {
  emit(answer: object, filter: (config: Config) => boolean): void;
}

const created = jest.mocked(createRecord);
const updated = jest.mocked(updateRecord);
const refresh = jest.fn(() => Promise.resolve());

const CARDS = [
  teamCard({
    repId: '005A',
    name: 'Ana',
    periodStart: '2026-04-01',
    periodEnd: '2026-06-30',
    periodLabel: 'Q2 2026',
  }),
  teamCard({
    repId: '005B',
    name: 'Ben',
    periodStart: '2026-04-01',
    periodEnd: '2026-06-30',
    periodLabel: 'Q2 2026',
  }),
];

function close(repId: string, isSignedOff: boolean, late = ''): object {
  return {
    node: {
      Id: `close of ${repId}`,
      Rep__c: { value: repId },
      Signed_Off__c: { value: isSignedOff },
      Late_Facts__c: { value: late === '' ? 0 : late.split('\n').length - 1 },
      Late_Facts_List__c: { value: late },
    },
  };
}

async function answer(startDay: string, ...edges: object[]): Promise<void> {
  const data = { uiapi: { query: { Quarter_Close__c: { edges } } } };
  (graphql as unknown as TestAdapter).emit(
    { data, refresh },
    ({ variables }) => variables?.startDay === startDay,
  );
  await rendered();
}

const mountClose = (cards = CARDS) => mount('c-quarter-close', QuarterClose, { cards });

async function click(host: Parameters<typeof find>[0], selector: string): Promise<void> {
  find(host, selector).click();
  await rendered();
}

describe('c-quarter-close', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-08-20T12:00:00Z'), doNotFake: ['queueMicrotask'] });
    jest.clearAllMocks();
    created.mockResolvedValue({} as never);
    updated.mockResolvedValue({} as never);
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('has nothing to say while the quarter runs', async () => {
    const panel = await mountClose([teamCard()]);
    expect(findAll(panel, 'section')).toHaveLength(0);
  });

  it('signs off everybody by one action that is asked twice', async () => {
    const panel = await mountClose();
    const announced = detailsOf(panel, 'announce');
    await answer('2026-04-01', close('005B', false));
    expect(textOf(panel, '.state')).toBe('Q2 2026 is not signed off.');
    await click(panel, '.ask-sign-off');
    expect(created).not.toHaveBeenCalled();
    expect(textOf(panel, '.question')).toContain('Sign off Q2 2026 for 2 people?');
    await click(panel, '.sign-off');
    expect(created.mock.calls).toEqual([
      [
        {
          apiName: 'Quarter_Close__c',
          fields: {
            Close_Key__c: '005A:2026-04-01',
            OwnerId: '005A',
            Rep__c: '005A',
            Period_Start__c: '2026-04-01',
            Period_End__c: '2026-06-30',
            Period_Label__c: 'Q2 2026',
            Signed_Off__c: true,
            Signed_Off_By__c: userId,
            Signed_Off_At__c: '2026-08-20T12:00:00.000Z',
          },
        },
      ],
    ]);
    expect(updated.mock.calls[0]?.[0].fields).toMatchObject({ Id: 'close of 005B', Signed_Off__c: true });
    expect(refresh).toHaveBeenCalledTimes(1);
    await answer('2026-04-01', close('005A', true), close('005B', true));
    expect(textOf(panel, '.state')).toBe('Q2 2026 is signed off.');
    expect(announced).toHaveLength(1);
  });

  it('can be cancelled', async () => {
    const panel = await mountClose();
    await answer('2026-04-01');
    await click(panel, '.ask-sign-off');
    await click(panel, '.cancel');
    expect(findAll(panel, '.question')).toHaveLength(0);
    expect(created).not.toHaveBeenCalled();
  });

  it('says how many Salesforce did not save, and offers to try again', async () => {
    created.mockRejectedValueOnce(new Error('Locked'));
    const panel = await mountClose();
    await answer('2026-04-01');
    await click(panel, '.ask-sign-off');
    await click(panel, '.sign-off');
    await answer('2026-04-01', close('005B', true));
    expect(textOf(panel, '.failed')).toBe(
      'Salesforce did not save 1 person. The others are done. Try again.',
    );
    expect(textOf(panel, '.state')).toBe('Q2 2026 is signed off for 1 of 2 people.');
    expect(findAll(panel, '.ask-sign-off')).toHaveLength(1);
  });

  it('opens a quarter again for a reason, and not without one', async () => {
    const panel = await mountClose(CARDS.slice(0, 1));
    await answer('2026-04-01', close('005A', true));
    await click(panel, '.ask-reopen');
    await click(panel, '.reopen');
    expect(textOf(panel, '.slds-text-color_error')).toBe('Say why the quarter is opened again.');
    expect(updated).not.toHaveBeenCalled();
    find(panel, 'lightning-input').dispatchEvent(
      new CustomEvent('change', { detail: { value: ' Deal booked late ' } }),
    );
    await click(panel, '.reopen');
    expect(updated.mock.calls).toEqual([
      [{ fields: { Id: 'close of 005A', Signed_Off__c: false, Reopen_Reason__c: 'Deal booked late' } }],
    ]);
  });

  it('does not open a quarter whose next one is signed off', async () => {
    const panel = await mountClose();
    await answer('2026-04-01', close('005A', true));
    await answer('2026-07-01', close('005A', true));
    expect(findAll(panel, '.ask-reopen')).toHaveLength(0);
    expect(textOf(panel, '.quiet')).toBe('The next quarter is signed off too: reopen that one first.');
  });

  it('lists what came late, of the people shown', async () => {
    const panel = await mountClose(CARDS.slice(0, 1));
    await answer(
      '2026-04-01',
      close('005A', true, 'Were the quarter open: Dials 3 instead of 2.\nCall of 2026-05-05: c1'),
      close('005B', true, 'x\ny'),
    );
    expect(textOf(panel, '.late')).toBe(
      'Ana: 1 late Were the quarter open: Dials 3 instead of 2. Call of 2026-05-05: c1',
    );
  });
});
