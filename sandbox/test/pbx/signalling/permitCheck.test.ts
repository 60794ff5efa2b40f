import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPermitCheck } from '../../../src/pbx/signalling/permitCheck.ts';
import { inSeconds, MAYA, newCallId, ORG_ID, PERMIT_SECRET, permitFor } from '../repPhone.ts';

const numberE164 = '+13035550101';

test('no permit with a character changed is granted', () => {
  const now = inSeconds(0);
  const permits = createPermitCheck({
    orgId: ORG_ID,
    permitSecret: PERMIT_SECRET,
    nowEpochSeconds: () => now,
  });
  const callId = newCallId();
  const permit = permitFor({ callId, userId: MAYA, numberE164 }, now + 60);
  const judge = (text: string): string => permits.judge({ userId: MAYA, numberE164, callId, permit: text });
  assert.equal(judge(permit), 'granted');
  fc.assert(
    fc.property(fc.nat(permit.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (index, character) => {
      const changed = permit.slice(0, index) + character + permit.slice(index + 1);
      // The last character of the base64 holds two bits that mean nothing.
      fc.pre(changed !== permit && index < permit.length - 1);
      assert.equal(judge(changed), 'permitInvalid');
    }),
  );
});

test('spent calls stay spent while a permit could live, and do not pile up after that', () => {
  let now = inSeconds(0);
  const permits = createPermitCheck({
    orgId: ORG_ID,
    permitSecret: PERMIT_SECRET,
    nowEpochSeconds: () => now,
  });
  const callId = newCallId();
  const judge = (): string =>
    permits.judge({
      userId: MAYA,
      numberE164,
      callId,
      permit: permitFor({ callId, userId: MAYA, numberE164 }, now + 60),
    });
  permits.spend(callId);
  for (let call = 0; call < 10_500; call += 1) permits.spend(newCallId());
  assert.equal(judge(), 'permitInvalid');
  now += 601;
  permits.spend(newCallId());
  assert.equal(judge(), 'granted', 'the oldest were forgotten');
});
