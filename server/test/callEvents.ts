import type { EndCause, MeasuredEvent, NetworkEvent, OutcomeEvent } from '@scoreline/contract';
import { randomBytes } from 'node:crypto';

const START_MS = Date.UTC(2026, 9, 5, 14, 30);

/** A UUIDv7 as a phone mints it. */
export function newCallId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x70;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

const envelope = (sequence: number, elapsedMs: number) => ({
  sequence,
  at: new Date(START_MS + elapsedMs).toISOString(),
  elapsedMs,
});

/** A call that rang 4 s, was answered and talked for the given time. */
export function answeredCall(talkMs: number): NetworkEvent[] {
  return [
    { ...envelope(1, 0), kind: 'dialed' },
    { ...envelope(2, 1_000), kind: 'ringing' },
    { ...envelope(3, 5_000), kind: 'answered' },
    { ...envelope(4, 5_000 + talkMs), kind: 'ended', endedBy: 'rep', cause: 'completed' },
  ];
}

export function busyCall(): NetworkEvent[] {
  return [
    { ...envelope(1, 0), kind: 'dialed' },
    { ...envelope(2, 900), kind: 'ended', endedBy: 'prospect', cause: 'busy', sipStatus: 486 },
  ];
}

/** A call that came in, rang 4 s, was answered and talked for the given time. */
export function inboundCall(talkMs: number): NetworkEvent[] {
  return [{ ...envelope(1, 0), kind: 'offered' }, ...answeredCall(talkMs).slice(1)];
}

/** A call that came in and rang 20 s; nobody answered. */
export function missedCall(): NetworkEvent[] {
  return [
    { ...envelope(1, 0), kind: 'offered' },
    { ...envelope(2, 500), kind: 'ringing' },
    { ...envelope(3, 20_500), kind: 'ended', endedBy: 'network', cause: 'noAnswer' },
  ];
}

export function voicemailEvent(sequence: number, elapsedMs: number, seconds: number): NetworkEvent {
  return { ...envelope(sequence, elapsedMs), kind: 'voicemail', seconds };
}

export function measuredEvent(
  sequence: number,
  elapsedMs: number,
  figures: Partial<MeasuredEvent>,
): MeasuredEvent {
  return { ...envelope(sequence, elapsedMs), kind: 'measured', ...figures };
}

export function outcomeEvent(
  sequence: number,
  elapsedMs: number,
  changes: Partial<OutcomeEvent> = {},
): OutcomeEvent {
  return { ...envelope(sequence, elapsedMs), kind: 'outcome', outcome: 'meeting', note: '', ...changes };
}

export function networkEvent(
  sequence: number,
  elapsedMs: number,
  kind: 'dialed' | 'offered' | 'ringing' | 'answered' | 'held' | 'resumed',
): NetworkEvent {
  return { ...envelope(sequence, elapsedMs), kind };
}

export function endedEvent(sequence: number, elapsedMs: number, cause: EndCause = 'completed'): NetworkEvent {
  return { ...envelope(sequence, elapsedMs), kind: 'ended', endedBy: 'rep', cause };
}
