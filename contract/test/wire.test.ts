import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  callEventSchema,
  eventsRequestSchema,
  permitRequestSchema,
  switchEventsRequestSchema,
} from '@scoreline/contract/wire';
import * as z from 'zod/mini';

const CALL_ID = '0199d3a0-1c00-7abc-8def-0123456789ab';
const moment = { sequence: 1, at: '2026-03-02T09:00:00.000Z', elapsedMs: 0 };

const accepts = (schema: z.core.$ZodType, value: unknown): boolean => z.safeParse(schema, value).success;

describe('the wire', () => {
  it('takes a permit request, and none with a field too many or a call id of another version', () => {
    const request = { callId: CALL_ID, number: '+1 303 555 0142' };
    assert.ok(accepts(permitRequestSchema, request));
    assert.ok(!accepts(permitRequestSchema, { ...request, callerId: '+1' }));
    assert.ok(!accepts(permitRequestSchema, { ...request, callId: CALL_ID.replace('-7', '-4') }));
    assert.ok(!accepts(permitRequestSchema, { ...request, number: '1'.repeat(65) }));
  });

  it('takes each kind of event only with what belongs to it', () => {
    const ended = { ...moment, kind: 'ended', endedBy: 'rep', cause: 'completed' };
    assert.ok(accepts(callEventSchema, { ...moment, kind: 'dialed' }));
    assert.ok(accepts(callEventSchema, ended));
    assert.ok(!accepts(callEventSchema, { ...moment, kind: 'dialed', cause: 'completed' }));
    assert.ok(!accepts(callEventSchema, { ...ended, cause: 'bored' }));
    assert.ok(!accepts(callEventSchema, { ...moment, kind: 'outcome', outcome: 'millionaire', note: '' }));
  });

  it('refuses times without a zone, negative durations and sequences from zero', () => {
    const dialed = { ...moment, kind: 'dialed' };
    assert.ok(!accepts(callEventSchema, { ...dialed, at: '2026-03-02T09:00:00' }));
    assert.ok(!accepts(callEventSchema, { ...dialed, elapsedMs: -1 }));
    assert.ok(!accepts(callEventSchema, { ...dialed, sequence: 0 }));
  });

  it('lets no witness of the network report an outcome', () => {
    const outcome = { ...moment, kind: 'outcome', outcome: 'meeting', note: '' };
    assert.ok(!accepts(eventsRequestSchema, { events: [outcome] }));
    assert.ok(
      !accepts(switchEventsRequestSchema, {
        orgId: '00D000000000001EAA',
        witness: 'switch',
        events: [{ callId: CALL_ID, userId: '005000000000001EAA', event: outcome }],
      }),
    );
    assert.ok(
      !accepts(switchEventsRequestSchema, {
        orgId: '00D000000000001EAA',
        witness: 'softphone',
        events: [outcome],
      }),
    );
  });
});
