import ScoreEvidence from 'c/scoreEvidence';
import { readScorecard } from 'c/scorecardRecords';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { cardAnswer } from '../../../../../test/jest-support/scorecardAnswer.ts';

jest.mock(
  '@salesforce/apex/CallDrillDown.findMetricCalls',
  () => ({ __esModule: true, default: jest.fn(() => Promise.resolve([])) }),
  { virtual: true },
);

const mountEvidence = (changes: Record<string, unknown> = {}) =>
  mount('c-score-evidence', ScoreEvidence, { card: readScorecard(cardAnswer(changes)) });

describe('c-score-evidence', () => {
  afterEach(unmountAll);

  it('adds the points up, unrounded, and says what they rest on', async () => {
    const evidence = await mountEvidence({ Score__c: 74.8, Calls_Excused__c: 1 });
    expect(textOf(evidence, '.sum')).toBe('Points add up to 74.8 of 100.');
    expect(textOf(evidence, '.evidence')).toBe(
      'Evidence: 97 of 100 calls logged, 2 pending, 1 contradicted.',
    );
    // 13:10 UTC in the zone of the test platform's user, Los Angeles.
    expect(textOf(evidence, '.basis')).toBe('Score uses verified calls only. Updated 6:10 AM.');
    expect(textOf(evidence, '.left-out')).toBe('Not counted: 1 call the network broke.');
    await expect(inRealTime(evidence)).toBeAccessible();
  });

  it('says when no switch or carrier reports', async () => {
    const evidence = await mountEvidence({ Evidence_Basis__c: 'reported' });
    expect(textOf(evidence, '.basis')).toContain('the phone’s own figures');
  });

  it('has no sum without a score', async () => {
    expect(findAll(await mountEvidence({ Score__c: null }), '.sum')).toHaveLength(0);
  });

  it('lists the calls that are in doubt, where there are any', async () => {
    const evidence = await mountEvidence();
    find(evidence, '.review').click();
    await rendered();
    expect(find(evidence, 'c-metric-calls')).toMatchObject({ scorecardId: 'a001', metric: 'doubtful' });
    expect(find(evidence, '.review').getAttribute('aria-expanded')).toBe('true');
    const agreed = await mountEvidence({ Calls_Pending__c: 0, Calls_Contradicted__c: 0 });
    expect(findAll(agreed, '.review')).toHaveLength(0);
  });

  it('tells how it is worked out', async () => {
    const evidence = await mountEvidence();
    find(evidence, '.working-toggle').click();
    await rendered();
    expect(textOf(evidence, '.working')).toContain('Nothing a colleague does now moves your score.');
    await expect(inRealTime(evidence)).toBeAccessible();
  });
});
