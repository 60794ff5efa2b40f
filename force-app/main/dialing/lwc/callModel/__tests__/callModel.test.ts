import type { CallModelQuality, CallModelReport } from 'c/callContract';
import CallModelCard from 'c/callModel';
import { askRelay, RelayRefusal } from 'c/relayClient';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

jest.mock('c/relayClient', () => ({
  ...jest.requireActual<object>('c/relayClient'),
  askRelay: jest.fn(),
}));

const relay = jest.mocked(askRelay);
const REACH: CallModelQuality = {
  calls: 12_430,
  predictedCalls: 11_430,
  events: 2_310,
  modelAuc: 0.641,
  baselineAuc: 0.55,
  differenceLow: 0.06,
  differenceHigh: 0.12,
  state: 'inUse',
};
const CONVERT: CallModelQuality = {
  calls: 2_310,
  predictedCalls: 2_060,
  events: 206,
  modelAuc: 0.52,
  baselineAuc: 0.5,
  differenceLow: -0.02,
  differenceHigh: 0.06,
  state: 'noBetter',
};
const REPORT: CallModelReport = { reach: REACH, convert: CONVERT, trainedAt: '2026-11-28T13:12:00.000Z' };

async function mountCard(report: CallModelReport | null) {
  relay.mockResolvedValue({ model: report });
  return mount('c-call-model', CallModelCard, {});
}

describe('c-call-model', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    relay.mockReset();
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('says what lists go by, how well each model does, from how many calls, and why one is not used', async () => {
    const card = await mountCard(REPORT);
    expect(relay.mock.calls).toEqual([['v1/lists/model']]);
    const [reach, convert] = findAll(card, 'section').map(({ textContent }) => textContent);
    expect(textOf(card, '.headline')).toBe('Lists go by who is likely to be reached.');
    expect(reach).toContain('In use');
    expect(reach).toContain('12,430 calls');
    expect(reach).toContain('2,310 of 11,430 reached');
    expect(reach).toContain('0.64');
    expect(reach).toContain('Time since the last call0.55');
    expect(reach).toContain('+0.06 to +0.12');
    expect(convert).toContain('Not used: not clearly better than the same rate for everybody');
    expect(convert).toContain('2,310 conversations');
    expect(textOf(card)).toContain('Learned on Nov 28, 2026');
    expect(textOf(card, '[role="status"]')).toBe('Lists go by who is likely to be reached.');
    await expect(inRealTime(card)).toBeAccessible();
  });

  it.each([
    ['inUse', 'inUse', 'Lists go by who is likely to be reached and to agree to a meeting.'],
    ['noBetter', 'inUse', 'Lists go by who is likely to agree to a meeting.'],
    ['noBetter', 'tooFew', 'Lists go by the time since the last call.'],
  ] as const)('names the order when reaching is %s and converting %s', async (reach, convert, words) => {
    const card = await mountCard({
      ...REPORT,
      reach: { ...REACH, state: reach },
      convert: { ...CONVERT, state: convert },
    });
    expect(textOf(card, '.headline')).toBe(words);
  });

  it('shows no figures where there are too few calls to tell', async () => {
    const none = { predictedCalls: 0, events: 0, modelAuc: null, baselineAuc: null, differenceLow: null };
    const convert: CallModelQuality = {
      ...CONVERT,
      ...none,
      calls: 40,
      differenceHigh: null,
      state: 'tooFew',
    };
    const card = await mountCard({ ...REPORT, convert });
    const text = findAll(card, 'section')[1]?.textContent;
    expect(text).toContain('Not used: too few conversations to tell');
    expect(text).toContain('40 conversations');
    expect(text).toContain('Model–');
  });

  it('says that nothing was learned yet', async () => {
    const card = await mountCard(null);
    expect(textOf(card)).toContain('until there are 2,000 calls with an outcome.');
    await expect(inRealTime(card)).toBeAccessible();
  });

  it('shows boxes while it loads', async () => {
    relay.mockReturnValue(new Promise(() => {}));
    const card = await mount('c-call-model', CallModelCard, {});
    expect(findAll(card, '.stencil')).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(300);
    await rendered();
    expect(findAll(card, '.stencil')).toHaveLength(1);
    expect(textOf(card, '[role="status"]')).toBe('Loading the order of power lists');
  });

  it('says what stands in the way, and asks again when told to or when back online', async () => {
    relay.mockRejectedValueOnce(new RelayRefusal('relayUnreachable'));
    const card = await mount('c-call-model', CallModelCard, {});
    await rendered();
    expect(find<HTMLElement & { name: string }>(card, 'c-error-panel').name).toBe('relayUnreachable');
    expect(textOf(card, '[role="alert"]')).toBe('Could not read how lists are ordered.');
    await expect(inRealTime(card)).toBeAccessible();
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new CustomEvent('offline'));
    await rendered();
    expect(textOf(card)).toContain('You are offline.');
    jest.restoreAllMocks();
    relay.mockResolvedValue({ model: REPORT });
    window.dispatchEvent(new CustomEvent('online'));
    await rendered();
    expect(findAll(card, 'c-error-panel')).toHaveLength(0);
    expect(textOf(card)).toContain('12,430 calls');
  });
});
