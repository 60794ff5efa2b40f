import ErrorPanel from 'c/errorPanel';
import { ERRORS } from 'c/callContract';
import type { ErrorName } from 'c/callContract';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  findAll,
  mount,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

describe('c-error-panel', () => {
  afterEach(unmountAll);

  it.each(Object.keys(ERRORS) as ErrorName[])('says what %s means, with its code', async (name) => {
    const panel = await mount('c-error-panel', ErrorPanel, { name });
    const { message, meaning, code, retryable } = ERRORS[name];
    expect(textOf(panel, 'p')).toBe(`${message} ${meaning} (${code})`);
    expect(findAll(panel, 'button')).toHaveLength(retryable ? 1 : 0);
  });

  it('is accessible', async () => {
    const host = await mount('c-error-panel', ErrorPanel, { name: 'microphoneBlocked' });
    await expect(inRealTime(host)).toBeAccessible();
  });

  it('takes a headline and a button’s name from its place, and asks to try again', async () => {
    const panel = await mount('c-error-panel', ErrorPanel, {
      name: 'scorecardUnavailable',
      headline: 'Could not load your scorecard.',
      retryLabel: 'Read again',
    });
    const retries = detailsOf(panel, 'retry');
    expect(textOf(panel, 'p')).toBe('Could not load your scorecard. Nothing is lost. Try again. (SC-401)');
    expect(textOf(panel, 'button')).toBe('Read again');
    find(panel, 'button').click();
    expect(retries).toHaveLength(1);
  });
});
