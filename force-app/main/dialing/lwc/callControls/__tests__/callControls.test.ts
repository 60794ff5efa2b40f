import CallControls from 'c/callControls';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { callWith } from '../../../../../test/jest-support/phone.ts';

function blocked(host: { readonly shadowRoot: ShadowRoot }): (string | null)[] {
  return findAll(host, 'button').map((button) => button.getAttribute('aria-disabled'));
}

describe('c-call-controls', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('stays in place without a call, with nothing to press', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: undefined });
    expect(blocked(controls)).toEqual(['true', 'true', 'true', 'true', 'true', 'true']);
    const hangUps = detailsOf(controls, 'hangup');
    find(controls, '.hang-up').click();
    expect(hangUps).toHaveLength(0);
  });

  it('shows nothing pressed once the call has ended', async () => {
    const call = callWith({ state: 'ended', muted: true, error: 'numberBlocked' });
    const controls = await mount('c-call-controls', CallControls, { call });
    expect(find(controls, '.mute').getAttribute('aria-pressed')).toBe('false');
  });

  it('can only be muted and hung up while it rings', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith({ state: 'ringing' }) });
    jest.advanceTimersByTime(1_000);
    await rendered();
    expect(blocked(controls)).toEqual(['false', 'true', 'true', 'true', 'true', 'false']);
  });

  it('does not hang up within a second of a change of state', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith({ state: 'ringing' }) });
    const hangUps = detailsOf(controls, 'hangup');
    jest.advanceTimersByTime(1_000);
    Object.assign(controls, { call: callWith() });
    jest.advanceTimersByTime(999);
    find(controls, '.hang-up').click();
    expect(hangUps).toHaveLength(0);
    jest.advanceTimersByTime(1);
    find(controls, '.hang-up').click();
    expect(hangUps).toHaveLength(1);
  });

  it('looks the same before and after it can hang up, while the call is live only', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith() });
    const look = () => [
      find(controls, '.hang-up').classList.contains('live'),
      find<HTMLElement & { variant?: string }>(controls, '.hang-up lightning-icon').variant,
    ];
    expect(look()).toEqual([true, 'inverse']);
    jest.advanceTimersByTime(1_000);
    await rendered();
    expect(look()).toEqual([true, 'inverse']);
    Object.assign(controls, { call: callWith({ state: 'ended' }) });
    await rendered();
    expect(look()).toEqual([false, undefined]);
  });

  it('asks for the other side of mute and hold, and says which is on', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith() });
    const mutes = detailsOf(controls, 'mute');
    const holds = detailsOf(controls, 'hold');
    find(controls, '.mute').click();
    find(controls, '.hold').click();
    Object.assign(controls, { call: callWith({ state: 'held', muted: true }) });
    await rendered();
    expect(find(controls, '.mute').getAttribute('aria-pressed')).toBe('true');
    expect(find(controls, '.hold').getAttribute('aria-pressed')).toBe('true');
    expect(find<HTMLElement & { iconName: string }>(controls, '.hold lightning-icon').iconName).toBe(
      'utility:pause',
    );
    find(controls, '.mute').click();
    find(controls, '.hold').click();
    expect(mutes).toEqual([{ muted: true }, { muted: false }]);
    expect(holds).toEqual([{ held: true }, { held: false }]);
  });

  it('waits for the switch before it holds or resumes again', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith({ holdPending: true }) });
    const holds = detailsOf(controls, 'hold');
    find(controls, '.hold').click();
    expect(holds).toHaveLength(0);
  });

  it('opens keypad, transfer and another call, none of the last two beside a second call', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith() });
    const [keypads, panels] = [detailsOf(controls, 'keypad'), detailsOf(controls, 'panel')];
    for (const name of ['keypad', 'transfer', 'add']) find(controls, `.${name}`).click();
    expect([keypads.length, panels]).toEqual([1, [{ panel: 'transfer' }, { panel: 'add' }]]);
    Object.assign(controls, { isCrowded: true });
    await rendered();
    for (const name of ['transfer', 'add']) find(controls, `.${name}`).click();
    expect(panels).toHaveLength(2);
    expect(find(controls, '.add').getAttribute('aria-disabled')).toBe('true');
  });

  it('shows which panel is open, and lets it be closed whatever has become of the call', async () => {
    const properties = { call: callWith({ transfer: 'asked' as const }), openPanel: 'transfer' as const };
    const controls = await mount('c-call-controls', CallControls, properties);
    const panels = detailsOf(controls, 'panel');
    expect(find(controls, '.transfer').getAttribute('aria-expanded')).toBe('true');
    find(controls, '.transfer').click();
    expect(panels).toEqual([{ panel: 'transfer' }]);
  });

  it('is accessible', async () => {
    const host = await mount('c-call-controls', CallControls, { call: callWith({ muted: true }) });
    await expect(inRealTime(host)).toBeAccessible();
  });

  it('tells no shortcuts where they are switched off', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith() });
    expect(findAll(controls, '[aria-keyshortcuts]')).toHaveLength(0);
  });

  it('tells its shortcuts', async () => {
    const controls = await mount('c-call-controls', CallControls, { call: callWith(), hasShortcuts: true });
    const shortcuts = findAll(controls, '[aria-keyshortcuts]').map((button) =>
      button.getAttribute('aria-keyshortcuts'),
    );
    expect(shortcuts).toEqual(['Control+Shift+M', 'Control+Shift+H', 'Control+Shift+E']);
  });
});
