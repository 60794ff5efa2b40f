import { graphql } from 'lightning/graphql';
import { updateRecord } from 'lightning/uiRecordApi';
import userId from '@salesforce/user/Id';
import DisputeList from 'c/disputeList';
import {
  detailsOf,
  emit,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

const updated = jest.mocked(updateRecord);
const refresh = jest.fn(() => Promise.resolve());

function dispute(repId: string, name: string, metric = 'connectRate'): object {
  return {
    node: {
      Id: `dispute of ${repId}`,
      Metric__c: { value: metric },
      Reason__c: { value: 'Two calls went to my own phone.' },
      Scorecard__r: {
        Period_Label__c: { value: 'Q3 2026' },
        Rep__c: { value: repId },
        Rep__r: { Name: { value: name } },
      },
    },
  };
}

async function mountList(...edges: object[]) {
  const list = await mount('c-dispute-list', DisputeList, {});
  emit(graphql, { data: { uiapi: { query: { Score_Dispute__c: { edges } } } }, refresh });
  await rendered();
  return list;
}

async function click(host: Parameters<typeof find>[0], selector: string): Promise<void> {
  find(host, selector).click();
  await rendered();
}

describe('c-dispute-list', () => {
  beforeEach(() => {
    jest.clearAllMocks();
    updated.mockResolvedValue({} as never);
  });
  afterEach(unmountAll);

  it('is not there without disputes, and leaves out the user’s own', async () => {
    expect(findAll(await mountList(dispute(userId, 'Self')), 'section')).toHaveLength(0);
  });

  it('says who objects to what, and why', async () => {
    const list = await mountList(dispute('005B', 'Ben', 'charm'), dispute('005A', 'Ana'));
    expect(textOf(list, '.title')).toBe('2 disputes to answer');
    expect(findAll(list, 'li p:first-child').map((line) => line.textContent)).toEqual([
      'Ana, Connect rate, Q3 2026',
      'Ben, Scorecard, Q3 2026',
    ]);
    expect(findAll(list, '.reason')[0]?.textContent).toBe('Two calls went to my own phone.');
  });

  it('answers one with a reason, and not without', async () => {
    const list = await mountList(dispute('005A', 'Ana'));
    const announced = detailsOf(list, 'announce');
    await click(list, '.answer');
    await click(list, '.reject');
    expect(textOf(list, '.slds-text-color_error')).toBe('Say why, so that the rep can follow it.');
    find(list, 'lightning-textarea').dispatchEvent(
      new CustomEvent('change', { detail: { value: 'Both excluded.' } }),
    );
    await click(list, '.accept');
    expect(updated.mock.calls).toEqual([
      [{ fields: { Id: 'dispute of 005A', Status__c: 'accepted', Answer__c: 'Both excluded.' } }],
    ]);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(announced).toEqual([{ text: 'Dispute accepted' }]);
  });

  it('keeps the words when Salesforce does not save them', async () => {
    updated.mockRejectedValueOnce(new Error('Locked'));
    const list = await mountList(dispute('005A', 'Ana'));
    await click(list, '.answer');
    find(list, 'lightning-textarea').dispatchEvent(new CustomEvent('change', { detail: { value: 'No.' } }));
    await click(list, '.reject');
    expect(textOf(list, '.slds-text-color_error')).toBe('Salesforce did not save the answer. Try again.');
    expect(find<HTMLElement & { value: string }>(list, 'lightning-textarea').value).toBe('No.');
  });
});
