import findMetricCalls from '@salesforce/apex/CallDrillDown.findMetricCalls';
import MetricCalls from 'c/metricCalls';
import { navigated } from '../../../../../test/jest-mocks/lightning/navigation.ts';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

jest.mock(
  '@salesforce/apex/CallDrillDown.findMetricCalls',
  () => ({ __esModule: true, default: jest.fn() }),
  {
    virtual: true,
  },
);

const calls = jest.mocked(findMetricCalls);
const call = (taskId: string, more: object = {}) => ({
  taskId,
  callId: `call ${taskId}`,
  version: 1,
  subject: 'Call: Meeting',
  outcome: 'meeting',
  talkSeconds: 252,
  evidence: 'verified',
  activityDate: '2026-08-12',
  personName: 'Ana Ruiz',
  ...more,
});
const page = (length: number, first = 0) =>
  Array.from({ length }, (_, index) => call(`00T${String(first + index).padStart(3, '0')}`));

async function mountCalls() {
  const list = await mount('c-metric-calls', MetricCalls, { scorecardId: 'a001', metric: 'connectRate' });
  await rendered();
  return list;
}

describe('c-metric-calls', () => {
  beforeEach(() => {
    calls.mockReset();
    navigated.mockReset();
  });
  afterEach(unmountAll);

  it('lists each call with day, person, outcome, length and evidence', async () => {
    const unfinished = call('00T2', { personName: null, outcome: null, evidence: 'contradicted' });
    calls.mockResolvedValue([call('00T1'), unfinished]);
    const list = await mountCalls();
    expect(findAll(list, '.call').map((row) => row.textContent)).toEqual([
      'Aug 12Ana RuizMeeting4:12Verified',
      'Aug 12Call: MeetingNone yet4:12Contradicted',
    ]);
    expect(textOf(list, '[role="status"]')).toBe('2 calls listed');
    await expect(inRealTime(list)).toBeAccessible();
  });

  it('opens the call’s Task', async () => {
    calls.mockResolvedValue([call('00T1')]);
    find(await mountCalls(), '.open').click();
    expect(navigated).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { recordId: '00T1', objectApiName: 'Task', actionName: 'view' },
    });
  });

  it('goes on after the last call that is listed, until there are no more', async () => {
    calls.mockResolvedValueOnce(page(50)).mockResolvedValueOnce(page(3, 50));
    const list = await mountCalls();
    find(list, '.more').click();
    await rendered();
    expect(calls.mock.calls[1]).toEqual([
      { scorecardId: 'a001', metric: 'connectRate', beforeDay: '2026-08-12', beforeId: '00T049' },
    ]);
    expect(findAll(list, '.call')).toHaveLength(53);
    expect(findAll(list, '.more')).toHaveLength(0);
  });

  it('keeps what is listed when the next page fails, and tries that again', async () => {
    calls
      .mockResolvedValueOnce(page(50))
      .mockRejectedValueOnce(new Error('gone'))
      .mockResolvedValueOnce(page(1, 50));
    const list = await mountCalls();
    find(list, '.more').click();
    await rendered();
    expect(findAll(list, '.call')).toHaveLength(50);
    find(list, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await rendered();
    expect(findAll(list, '.call')).toHaveLength(51);
    expect(findAll(list, 'c-error-panel')).toHaveLength(0);
  });

  it('says when there is none', async () => {
    calls.mockResolvedValue([]);
    expect(textOf(await mountCalls(), '.note')).toBe('No calls are logged here that you may see.');
  });
});
