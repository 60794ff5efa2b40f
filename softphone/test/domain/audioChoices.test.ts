import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListedDevice } from '../../src/domain/audioChoices.ts';
import { audioChoicesOf, DEFAULT_DEVICES, NO_DEVICES, withWanted } from '../../src/domain/audioChoices.ts';

const BUILT_IN: readonly ListedDevice[] = [
  { kind: 'audioinput', deviceId: 'default', label: 'Default - Laptop microphone' },
  { kind: 'audioinput', deviceId: 'in-laptop', label: 'Laptop microphone' },
  { kind: 'videoinput', deviceId: 'camera', label: 'Camera' },
  { kind: 'audiooutput', deviceId: 'default', label: 'Default - Laptop speakers' },
  { kind: 'audiooutput', deviceId: 'communications', label: 'Communications - Laptop speakers' },
  { kind: 'audiooutput', deviceId: 'out-laptop', label: 'Laptop speakers' },
];
const HEADSET: readonly ListedDevice[] = [
  { kind: 'audioinput', deviceId: 'in-headset', label: 'Headset microphone' },
  { kind: 'audiooutput', deviceId: 'out-headset', label: 'Headset' },
];
const BOTH = [...BUILT_IN, ...HEADSET];
const HEADSET_WANTED = { inputId: 'in-headset', outputId: 'out-headset', ringerId: 'out-laptop' };

test('only real microphones and loudspeakers may be chosen', () => {
  const { inputs, outputs } = audioChoicesOf(BOTH, DEFAULT_DEVICES, NO_DEVICES);
  assert.deepEqual(
    inputs.map(({ label }) => label),
    ['Laptop microphone', 'Headset microphone'],
  );
  assert.deepEqual(
    outputs.map(({ label }) => label),
    ['Laptop speakers', 'Headset'],
  );
});

test('what was chosen on this computer is used when it is plugged in', () => {
  const { inputId, outputId, ringerId, replaced } = audioChoicesOf(BOTH, HEADSET_WANTED, NO_DEVICES);
  assert.deepEqual({ inputId, outputId, ringerId }, HEADSET_WANTED);
  assert.equal(replaced, undefined);
});

test('a device unplugged while chosen gives way to the default, and that is said', () => {
  const before = audioChoicesOf(BOTH, HEADSET_WANTED, NO_DEVICES);
  const after = audioChoicesOf(BUILT_IN, HEADSET_WANTED, before);
  assert.deepEqual(
    { inputId: after.inputId, outputId: after.outputId, ringerId: after.ringerId },
    { inputId: '', outputId: '', ringerId: 'out-laptop' },
  );
  assert.deepEqual(after.replaced, { lost: 'Headset microphone', used: 'Laptop microphone' });
  // Another device that comes or goes meanwhile changes nothing of it.
  assert.deepEqual(audioChoicesOf(BUILT_IN, HEADSET_WANTED, after).replaced, after.replaced);
});

test('a device that comes back is used again', () => {
  const before = audioChoicesOf(BOTH, HEADSET_WANTED, NO_DEVICES);
  const unplugged = audioChoicesOf(BUILT_IN, HEADSET_WANTED, before);
  const again = audioChoicesOf(BOTH, HEADSET_WANTED, unplugged);
  assert.equal(again.inputId, 'in-headset');
  assert.equal(again.replaced, undefined);
});

test('a choice made after the loss ends the notice', () => {
  const before = audioChoicesOf(BOTH, HEADSET_WANTED, NO_DEVICES);
  const unplugged = audioChoicesOf(BUILT_IN, HEADSET_WANTED, before);
  const input = withWanted(HEADSET_WANTED, unplugged, 'input', '');
  const output = withWanted(input, unplugged, 'output', 'out-laptop');
  assert.deepEqual(output, { inputId: '', outputId: 'out-laptop', ringerId: 'out-laptop' });
  const unsaid = { ...unplugged, replaced: undefined };
  assert.equal(audioChoicesOf(BUILT_IN, output, unsaid).replaced, undefined);
});

test('the last device unplugged is replaced by nothing', () => {
  const onlyHeadset = audioChoicesOf(HEADSET, HEADSET_WANTED, NO_DEVICES);
  assert.deepEqual(audioChoicesOf([], HEADSET_WANTED, onlyHeadset).replaced, {
    lost: 'Headset microphone',
    used: '',
  });
});

test('a device that is not listed can’t be chosen', () => {
  const choices = audioChoicesOf(BOTH, DEFAULT_DEVICES, NO_DEVICES);
  assert.equal(withWanted(DEFAULT_DEVICES, choices, 'output', 'in-laptop'), DEFAULT_DEVICES);
  assert.equal(withWanted(DEFAULT_DEVICES, choices, 'ringer', 'out-headset').ringerId, 'out-headset');
});

test('a list without ids, before the microphone was allowed, takes no choice away', () => {
  const before = audioChoicesOf(BOTH, HEADSET_WANTED, NO_DEVICES);
  const unnamed = [{ kind: 'audioinput', deviceId: '', label: '' }];
  assert.equal(audioChoicesOf(unnamed, HEADSET_WANTED, before), before);
});
