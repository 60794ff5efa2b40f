import type { PhoneCall, PhoneSnapshot } from 'c/callContract';
import { spokenDuration } from 'c/figureFormat';
import { personAndLabel, personOf } from './callParties.ts';
import { adviceWords, connectedSeconds, endWords, errorWords, isConnected, ringsHere } from './callStages.ts';
import { deviceNotice, gravestWarning, handOverRefusal, holdRefusal, lineTrouble } from './callTroubles.ts';

/** What the live regions say of a change: `status` politely, `alert` at once. Nothing for timers and meters. */
export function announcementOf(
  before: PhoneSnapshot | undefined,
  now: PhoneSnapshot,
): { status?: string; alert?: string } {
  const alert = alertOf(before, now);
  const status = statusOf(before, now);
  return { ...(status === undefined ? {} : { status }), ...(alert === undefined ? {} : { alert }) };
}

function alertOf(before: PhoneSnapshot | undefined, now: PhoneSnapshot): string | undefined {
  const { call } = now;
  const last = callBefore(before, call);
  if (call?.error !== undefined && last?.error !== call.error)
    return call.answeredAtMs === undefined ? `Not called: ${errorWords(call.error)}` : errorWords(call.error);
  if (call?.holdRefused === true && last?.holdRefused !== true) return holdRefusal(call);
  const refusal = call && handOverRefusal(call);
  if (refusal !== undefined && refusal !== (last && handOverRefusal(last))) return refusal;
  if (now.error === undefined || now.error === before?.error) return undefined;
  return now.phoneState === 'reconnecting' && isConnected(call)
    ? 'Connection lost. Your call is still up; reconnecting.'
    : errorWords(now.error);
}

function statusOf(before: PhoneSnapshot | undefined, now: PhoneSnapshot): string | undefined {
  const notice = deviceNotice(now);
  return (
    ringEnd(before, now) ??
    callStatus(before, now.call) ??
    checkEnd(before, now) ??
    (notice !== undefined && notice !== (before && deviceNotice(before)) ? notice : undefined)
  );
}

/** How the check of the phone went, once, when the last of it is over. */
function checkEnd(before: PhoneSnapshot | undefined, now: PhoneSnapshot): string | undefined {
  const runs = ({ preflight }: PhoneSnapshot) =>
    preflight?.some(({ result }) => result === 'running') ?? false;
  if (before === undefined || !runs(before) || runs(now)) return undefined;
  const failed = now.preflight?.filter(({ result }) => result === 'failed').length ?? 0;
  return failed === 0 ? 'Check finished: all good' : `Check finished: ${failed} to mend`;
}

/** A caller who gave up or was taken elsewhere, or whom the rep refused. */
function ringEnd(before: PhoneSnapshot | undefined, now: PhoneSnapshot): string | undefined {
  const rang = [before?.call, ...(before?.otherCalls ?? [])].find(ringsHere);
  if (rang === undefined) return undefined;
  const call = callBefore(now, rang);
  if (call === undefined) return 'The caller is gone';
  return call.state === 'ended' ? `${endWords(call)}: ${personOf(call.request)}` : undefined;
}

function callStatus(snapshot: PhoneSnapshot | undefined, now: PhoneCall | undefined): string | undefined {
  if (now === undefined || ringsHere(now)) return undefined;
  const before = callBefore(snapshot, now);
  if (before === undefined)
    return now.direction === 'outbound' && now.state !== 'ended'
      ? `Calling ${personAndLabel(now.request)}`
      : undefined;
  if (before.state !== now.state) return changedState(before, now);
  if (snapshot?.call?.callId !== now.callId)
    return isConnected(now) ? `Now with ${personOf(now.request)}` : undefined;
  if (before.isInConference !== now.isInConference)
    return now.isInConference ? 'In conference' : 'Conference over';
  if (before.isRejoining !== now.isRejoining)
    return now.isRejoining ? 'Joining the call again' : 'Back in the call';
  if (before.muted !== now.muted) return now.muted ? 'Muted' : 'Unmuted';
  return gravestWarning(now.quality) === gravestWarning(before.quality)
    ? undefined
    : lineTrouble(now.quality);
}

function changedState(before: PhoneCall, now: PhoneCall): string | undefined {
  if (now.state === 'ringing') return 'Ringing';
  if (now.state === 'held') return 'On hold';
  if (now.state === 'talking') return before.state === 'held' ? 'Resumed' : 'Connected';
  return now.state === 'ended' && now.error === undefined ? endAnnouncement(now) : undefined;
}

function endAnnouncement(call: PhoneCall): string {
  if (call.endCause === 'transferred') return 'Transferred';
  const seconds = connectedSeconds(call, 0);
  if (seconds !== undefined) return `Call ended, ${spokenDuration(seconds)}`;
  const words = `Call ended: ${endWords(call).toLowerCase()}`;
  const advice = adviceWords(call);
  return advice === undefined ? words : `${words}. ${advice}`;
}

function callBefore(snapshot: PhoneSnapshot | undefined, call: PhoneCall | undefined): PhoneCall | undefined {
  return [snapshot?.call, ...(snapshot?.otherCalls ?? [])].find((each) => each?.callId === call?.callId);
}
