import { graphql } from 'lightning/graphql';
import { createRecord } from 'lightning/uiRecordApi';
import ScoreDispute from 'c/scoreDispute';
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

const create = jest.mocked(createRecord);
const refresh = jest.fn(() => Promise.resolve());

async function mountDispute(isOwn = true) {
  const properties = { scorecardId: 'a001', metric: 'connectRate', isOwn };
  const dispute = await mount('c-score-dispute', ScoreDispute, properties);
  emit(graphql, { data: {}, refresh });
  await rendered();
  return dispute;
}

async function click(host: { readonly shadowRoot: ShadowRoot }, selector: string): Promise<void> {
  find(host, selector).click();
  await rendered();
}

describe('c-score-dispute', () => {
  beforeEach(() => {
    create.mockReset();
    create.mockResolvedValue({} as never);
    refresh.mockClear();
  });
  afterEach(unmountAll);

  it('sends the reason, and reads what there is now', async () => {
    const dispute = await mountDispute();
    await click(dispute, '.ask');
    find<HTMLTextAreaElement>(dispute, 'textarea').value = '  Two calls are missing ';
    await click(dispute, '.send');
    expect(create).toHaveBeenCalledWith({
      apiName: 'Score_Dispute__c',
      fields: { Scorecard__c: 'a001', Metric__c: 'connectRate', Reason__c: 'Two calls are missing' },
    });
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(findAll(dispute, 'textarea')).toHaveLength(0);
    expect(textOf(dispute, '[role="status"]')).toBe('Sent to your manager');
  });

  it('asks for a reason', async () => {
    const dispute = await mountDispute();
    await click(dispute, '.ask');
    await click(dispute, '.send');
    expect(create).not.toHaveBeenCalled();
    expect(textOf(dispute, '.missing')).toBe('Say what is wrong, such as which call.');
    await expect(inRealTime(dispute)).toBeAccessible();
  });

  it('keeps the words when it could not be sent, and sends them again', async () => {
    create.mockRejectedValueOnce(new Error('offline'));
    const dispute = await mountDispute();
    await click(dispute, '.ask');
    find<HTMLTextAreaElement>(dispute, 'textarea').value = 'Wrong';
    await click(dispute, '.send');
    expect(find<HTMLTextAreaElement>(dispute, 'textarea').value).toBe('Wrong');
    find(dispute, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await rendered();
    expect(create).toHaveBeenCalledTimes(2);
    expect(findAll(dispute, 'textarea, c-error-panel')).toHaveLength(0);
  });

  it('shows what was said before, and what the manager answered', async () => {
    const dispute = await mountDispute(false);
    const node = (id: string, status: string, answer: string | null) => ({
      node: {
        Id: id,
        Reason__c: { value: 'Two are missing' },
        Status__c: { value: status },
        Answer__c: { value: answer },
      },
    });
    const edges = [
      node('1', 'open', null),
      node('2', 'rejected', 'Both were voicemail.'),
      node('3', 'accepted', null),
    ];
    emit(graphql, { data: { uiapi: { query: { Score_Dispute__c: { edges } } } } });
    await rendered();
    expect(findAll(dispute, '.dispute').map((line) => line.textContent)).toEqual([
      '“Two are missing”Not answered yet.',
      '“Two are missing”Rejected: Both were voicemail.',
      '“Two are missing”Accepted.',
    ]);
    expect(findAll(dispute, '.ask')).toHaveLength(0);
  });
});
