import TeamBoardPage from 'c/teamBoardPage';
import { find, findAll, mount, rendered, unmountAll } from '../../../../../test/jest-support/components.ts';

describe('c-team-board-page', () => {
  afterEach(unmountAll);

  it('opens a scorecard over the board, and goes back to it', async () => {
    const page = await mount('c-team-board-page', TeamBoardPage, {});
    const board = find<HTMLElement & { focusLast(): void }>(page, 'c-team-board');
    const focusLast = jest.spyOn(board, 'focusLast');
    board.dispatchEvent(new CustomEvent('open', { detail: { repId: '005A', name: 'Ana' } }));
    await rendered();
    const card = find<HTMLElement & { repId: string; repName: string }>(page, 'c-scorecard');
    expect([card.repId, card.repName]).toEqual(['005A', 'Ana']);
    expect(page.shadowRoot.activeElement).toBe(find(page, '.back'));
    expect(find(page, '.slds-hide c-team-board')).toBe(board);
    find(page, '.back').click();
    await rendered();
    expect(findAll(page, 'c-scorecard')).toHaveLength(0);
    expect(find(page, 'c-team-board')).toBe(board);
    expect(focusLast).toHaveBeenCalledTimes(1);
  });
});
