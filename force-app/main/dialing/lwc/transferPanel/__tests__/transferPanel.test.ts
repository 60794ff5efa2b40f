import TransferPanel from 'c/transferPanel';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

type Host = { readonly shadowRoot: ShadowRoot };

const TOMAS = { userId: '005T', name: 'Tomas Okafor', title: 'Account Executive', number: '+1 303 555 0201' };
const INGRID = { userId: '005I', name: 'Ingrid Bauer', title: 'Sales Manager', number: '+1 303 555 0202' };

const mountPanel = (purpose: 'transfer' | 'add' = 'transfer') =>
  mount('c-transfer-panel', TransferPanel, { purpose, person: 'Ana Ruiz', colleagues: [INGRID, TOMAS] });

async function type(host: Host, value: string): Promise<void> {
  find(host, '.target').dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await rendered();
}

describe('c-transfer-panel', () => {
  afterEach(unmountAll);

  it('hands over to a typed number at once, or asks there first', async () => {
    const panel = await mountPanel();
    const [transfers, consults] = [detailsOf(panel, 'transfer'), detailsOf(panel, 'consult')];
    await type(panel, ' +1 303 555 0100 ');
    find(panel, '.now').click();
    find(panel, '.ask').click();
    const target = { number: '+1 303 555 0100', name: undefined };
    expect([transfers, consults]).toEqual([[target], [target]]);
  });

  it('finds a colleague by name or title, and asks them by name', async () => {
    const panel = await mountPanel();
    const consults = detailsOf(panel, 'consult');
    await type(panel, 'manager');
    expect(findAll(panel, '.colleague .name').map(({ textContent }) => textContent)).toEqual([
      'Ingrid Bauer',
    ]);
    find(panel, '.colleague').click();
    await rendered();
    expect(find(panel, '[data-user-id="005I"]').getAttribute('aria-pressed')).toBe('true');
    find(panel, '.ask').click();
    expect(consults).toEqual([{ number: '+1 303 555 0202', name: 'Ingrid Bauer' }]);
  });

  it('does nothing without a number, and says what to do where no colleague fits', async () => {
    const panel = await mountPanel();
    const transfers = detailsOf(panel, 'transfer');
    await type(panel, 'Nobody');
    find(panel, '.now').click();
    expect(transfers).toHaveLength(0);
    expect(find(panel, '.now').getAttribute('aria-disabled')).toBe('true');
    expect(textOf(panel, '.empty')).toBe('No colleague of that name has a number. Type a number.');
  });

  it('places a call beside the one that is held', async () => {
    const panel = await mountPanel('add');
    const added = detailsOf(panel, 'addcall');
    expect(textOf(panel, 'h3')).toBe('Add a call; Ana Ruiz is put on hold');
    await type(panel, '201');
    find(panel, '.add').click();
    expect(added).toEqual([{ number: '201', name: undefined }]);
  });

  it('closes by Escape, which nobody else hears', async () => {
    const panel = await mountPanel();
    const closes = detailsOf(panel, 'close');
    const heard = detailsOf(document.body, 'keydown');
    find(panel, '.target').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
    );
    expect([closes.length, heard.length]).toEqual([1, 0]);
  });

  it('is accessible', async () => {
    const panel = await mountPanel();
    await expect(inRealTime(panel)).toBeAccessible();
  });
});
