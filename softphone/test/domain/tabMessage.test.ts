import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INITIAL_PHONE } from '../../src/domain/phoneReducer.ts';
import type { TabMessage } from '../../src/domain/tabMessage.ts';
import { readTabMessage } from '../../src/domain/tabMessage.ts';
import { dialRequest } from '../support/samples.ts';

const ORDER = { kind: 'ordered', from: 'tab 1', orderId: 'order 1' } as const;

test('every message arrives as it was said', () => {
  const messages: TabMessage[] = [
    { kind: 'asked', from: 'tab 1' },
    { kind: 'shown', from: 'tab 1', snapshot: INITIAL_PHONE },
    { ...ORDER, name: 'dial', args: [dialRequest('click 1')] },
    { ...ORDER, name: 'addCall', args: [dialRequest('click 1'), 'consultation'] },
    { ...ORDER, name: 'hangUp', args: [] },
    { ...ORDER, name: 'setHeld', args: [true] },
    { ...ORDER, name: 'saveOutcome', args: [{ outcome: 'meeting', note: 'x'.repeat(32_000) }] },
    { ...ORDER, name: 'chooseRecord', args: ['call 1', { recordId: 'r', recordName: 'Ana' }] },
    { kind: 'done', from: 'tab 1', orderId: 'order 1', value: 'https://example/voicemail' },
    { kind: 'done', from: 'tab 1', orderId: 'order 1', value: undefined, error: 'voicemailUnavailable' },
  ];
  for (const message of messages) assert.deepEqual(readTabMessage(JSON.stringify(message)), message);
});

test('no record is still no record behind JSON, which knows no undefined', () => {
  const text = JSON.stringify({ ...ORDER, name: 'chooseRecord', args: ['call 1', undefined] });
  assert.deepEqual(readTabMessage(text), { ...ORDER, name: 'chooseRecord', args: ['call 1', undefined] });
});

test('what no tab says is not read', () => {
  const wrong: unknown[] = [
    null,
    'asked',
    { kind: 'asked' },
    { kind: 'shown', from: 'tab 1', snapshot: { phoneState: 'sleeping' } },
    { ...ORDER, name: 'close', args: [] },
    { ...ORDER, name: 'subscribe', args: [] },
    { ...ORDER, name: 'constructor', args: [] },
    { ...ORDER, name: 'dial', args: [] },
    { ...ORDER, name: 'dial', args: [{ requestId: 1, number: '+1' }] },
    { ...ORDER, name: 'setHeld', args: ['yes'] },
    { ...ORDER, name: 'setHeld', args: [true, true] },
    { ...ORDER, name: 'saveOutcome', args: [{ outcome: 'bribed', note: '' }] },
    { kind: 'done', from: 'tab 1' },
  ];
  for (const message of wrong) assert.equal(readTabMessage(JSON.stringify(message)), undefined);
  assert.equal(readTabMessage('{'), undefined);
});

test('any text at all is read or refused, never thrown at', () => {
  fc.assert(fc.property(fc.string(), (text) => readTabMessage(text) === undefined));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      readTabMessage(JSON.stringify(value));
    }),
  );
});
