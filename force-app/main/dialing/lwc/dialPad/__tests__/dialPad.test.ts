import DialPad from 'c/dialPad';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

function press(host: { readonly shadowRoot: ShadowRoot }, selector: string, init: KeyboardEventInit): void {
  find(host, selector).dispatchEvent(
    new KeyboardEvent('keydown', { bubbles: true, composed: true, ...init }),
  );
}

describe('c-dial-pad', () => {
  afterEach(unmountAll);

  it('writes a number and dials it', async () => {
    const pad = await mount('c-dial-pad', DialPad, { mode: 'dial' });
    const dials = detailsOf(pad, 'dial');
    find(pad, '.number').dispatchEvent(new CustomEvent('change', { detail: { value: ' +1 303 555 014' } }));
    find(pad, '[data-digit="2"]').click();
    await rendered();
    find(pad, '.call').click();
    press(pad, '.number', { key: 'Enter' });
    expect(dials).toEqual([{ number: '+1 303 555 0142' }, { number: '+1 303 555 0142' }]);
  });

  it('keeps the Enter that dials from pressing what gets the focus next', async () => {
    const pad = await mount('c-dial-pad', DialPad, { mode: 'dial' });
    const enter = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true });
    find(pad, '.number').dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(true);
  });

  it('does not dial nothing', async () => {
    const pad = await mount('c-dial-pad', DialPad, { mode: 'dial' });
    const dials = detailsOf(pad, 'dial');
    find(pad, '.call').click();
    expect(dials).toHaveLength(0);
    expect(find(pad, '.call').getAttribute('aria-disabled')).toBe('true');
  });

  it('calls the last number again with nothing written', async () => {
    const lastDialed = { number: '+1 303 555 0142', recordName: 'Ana Ruiz' };
    const pad = await mount('c-dial-pad', DialPad, { mode: 'dial', lastDialed });
    const [dials, redials] = [detailsOf(pad, 'dial'), detailsOf(pad, 'redial')];
    expect(find(pad, '.call').getAttribute('aria-label')).toBe('Redial Ana Ruiz');
    find(pad, '.call').click();
    find(pad, '[data-digit="2"]').click();
    await rendered();
    expect(textOf(pad, '.call')).toBe('Call');
    find(pad, '.call').click();
    expect([redials.length, dials]).toEqual([1, [{ number: '2' }]]);
  });

  it('sends digits during a call, clicked or typed on the keypad', async () => {
    const pad = await mount('c-dial-pad', DialPad, { mode: 'digits' });
    const digits = detailsOf(pad, 'digit');
    find(pad, '[data-digit="1"]').click();
    press(pad, '[data-digit="1"]', { key: '#' });
    press(pad, '[data-digit="1"]', { key: 'a' });
    press(pad, '[data-digit="1"]', { key: '5', ctrlKey: true });
    await rendered();
    expect(digits).toEqual([{ digit: '1' }, { digit: '#' }]);
    expect(textOf(pad, '.sent')).toBe('Digits sent: 1#');
  });

  it('names the keys that have no word', async () => {
    const pad = await mount('c-dial-pad', DialPad, { mode: 'digits' });
    const names = findAll(pad, '.key').map((key) => key.getAttribute('aria-label'));
    expect(names).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', 'star', '0', 'hash']);
  });
});
