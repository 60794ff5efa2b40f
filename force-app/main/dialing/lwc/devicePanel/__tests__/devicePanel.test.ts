import DevicePanel from 'c/devicePanel';
import type { PhoneSnapshot } from 'c/callContract';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  findAll,
  mount,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { callWith, snapshotWith } from '../../../../../test/jest-support/phone.ts';

const AUDIO = {
  inputs: [{ deviceId: 'jabra', label: 'Jabra' }],
  outputs: [{ deviceId: 'laptop', label: 'Laptop' }],
  inputId: 'jabra',
  outputId: '',
  ringerId: 'laptop',
};

const mountPanel = (changes: Partial<PhoneSnapshot> = {}) =>
  mount('c-device-panel', DevicePanel, {
    snapshot: snapshotWith({ audio: AUDIO, ...changes }),
    hasShortcuts: true,
  });

describe('c-device-panel', () => {
  afterEach(unmountAll);

  it('offers each device and the system’s own, and tells what is picked for what', async () => {
    const panel = await mountPanel();
    const told = ['microphone', 'speaker', 'ringer'].map((type) => detailsOf(panel, type));
    for (const name of ['microphone', 'speaker', 'ringer']) {
      const select = find<HTMLSelectElement>(find(panel, `.${name}`), 'select');
      select.value = '';
      select.dispatchEvent(new CustomEvent('change'));
    }
    expect(told).toEqual([[{ value: '' }], [{ value: '' }], [{ value: '' }]]);
    expect(findAll(find(panel, '.microphone'), 'option').map(({ textContent }) => textContent)).toEqual([
      'System default',
      'Jabra',
    ]);
  });

  it('starts and stops the echo test, and says what to expect', async () => {
    const panel = await mountPanel();
    const tests = detailsOf(panel, 'echotest');
    find(panel, '.echo').click();
    const running = await mountPanel({ echoTest: 'running' });
    const stops = detailsOf(running, 'echotest');
    expect(textOf(running, '.echo-words')).toBe('Speak: you hear yourself.');
    find(running, '.echo').click();
    expect([tests, stops]).toEqual([[{ running: true }], [{ running: false }]]);
  });

  it('keeps its checks from a call that is up', async () => {
    const panel = await mountPanel({ call: callWith() });
    const [tests, checks] = [detailsOf(panel, 'echotest'), detailsOf(panel, 'preflight')];
    find(panel, '.echo').click();
    find(panel, '.check').click();
    expect([tests.length, checks.length]).toEqual([0, 0]);
    expect(textOf(panel, '.quiet')).toBe('Both wait for the end of the call.');
  });

  it('says in figures how the line is, while a call measures it', async () => {
    expect(findAll(await mountPanel({ call: callWith() }), '.line')).toEqual([]);
    const quality = { mos: 4.268, rttMs: 41.4, jitterMs: 2.6, lossPercent: 0.04, warnings: [] };
    const panel = await mountPanel({ call: callWith({ quality }) });
    expect(textOf(panel, '.line')).toBe('MOS 4.3 · 41 ms round trip · 3 ms jitter · 0.0 % loss');
  });

  it('shows each check with glyph and word, and how to mend what failed', async () => {
    const panel = await mountPanel({
      preflight: [
        { check: 'microphone', result: 'passed' },
        { check: 'socket', result: 'failed', error: 'switchUnreachable' },
        { check: 'turn', result: 'skipped' },
        { check: 'codec', result: 'running' },
        { check: 'mos', result: 'passed', mos: 4.31 },
      ],
    });
    const list = find(panel, 'c-preflight-list');
    expect(findAll(list, '.words').map(({ textContent }) => textContent)).toEqual([
      'OK',
      'Failed',
      'Not checked',
      'Checking…',
      'OK · good, 4.3 of 4.5',
    ]);
    expect(textOf(list, '.mend')).toContain('Connection to the phone service lost. Check the network');
    expect(findAll(list, '.glyph')).toHaveLength(5);
  });

  it('switches the shortcuts off', async () => {
    const panel = await mountPanel();
    const wishes = detailsOf(panel, 'shortcuts');
    find<HTMLInputElement>(panel, '.shortcuts input').click();
    expect(wishes).toEqual([{ areOn: false }]);
  });

  it('is accessible', async () => {
    const panel = await mountPanel({ preflight: [{ check: 'microphone', result: 'passed' }] });
    await expect(inRealTime(panel)).toBeAccessible();
  });
});
