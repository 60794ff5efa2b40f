import type { LineQuality, PhoneCall, PhoneSnapshot, QualityWarning } from 'c/callContract';
import { errorWords, isConnected } from './callStages.ts';

/** The gravest first: one sentence is shown. */
const WARNING_WORDS: readonly (readonly [QualityWarning, (quality: LineQuality) => string])[] = [
  ['silence', () => 'No sound arrives. Check the speaker, and ask if you are heard.'],
  ['highLoss', ({ lossPercent }) => `Poor line: ${Math.round(lossPercent)} % loss. Try a cable.`],
  ['highJitter', ({ jitterMs }) => `Uneven line: ${Math.round(jitterMs)} ms jitter. Try a cable.`],
  ['highRtt', ({ rttMs }) => `Slow line: ${Math.round(rttMs)} ms delay. Leave short pauses.`],
  ['lowMos', () => 'Poor line. Try a cable.'],
];

/** What is wrong with the line; nothing while it is good or unknown. */
export function lineTrouble(quality: LineQuality | undefined): string | undefined {
  if (quality === undefined) return undefined;
  const found = WARNING_WORDS.find(([warning]) => quality.warnings.includes(warning));
  return found?.[1](quality);
}

/** What is measured of the line, for whoever asks; nothing while it is unknown. */
export function lineFigures(quality: LineQuality | undefined): string | undefined {
  if (quality === undefined) return undefined;
  const { mos, rttMs, jitterMs, lossPercent } = quality;
  return [
    `MOS ${mos.toFixed(1)}`,
    `${Math.round(rttMs)} ms round trip`,
    `${Math.round(jitterMs)} ms jitter`,
    `${lossPercent.toFixed(1)} % loss`,
  ].join(' · ');
}

/** The gravest warning of the line, by name, so that a changed figure is no new warning. */
export function gravestWarning(quality: LineQuality | undefined): QualityWarning | undefined {
  return WARNING_WORDS.find(([warning]) => quality?.warnings.includes(warning))?.[0];
}

/** The sentence under the state when a hold or resume was refused: the state shown is the true one. */
export function holdRefusal(call: PhoneCall): string | undefined {
  if (!call.holdRefused) return undefined;
  return call.state === 'held'
    ? 'Could not resume. The call is still on hold.'
    : 'Could not hold. You are still talking.';
}

/** Why the last transfer or conference did not come about; the call stays. */
export function handOverRefusal(call: PhoneCall): string | undefined {
  if (call.refusal !== undefined) return errorWords(call.refusal);
  return call.transfer === 'refused' ? errorWords('transferRefused') : undefined;
}

/** Which device was unplugged, and what is used instead. */
export function deviceNotice({ audio }: PhoneSnapshot): string | undefined {
  return audio.replaced && `${audio.replaced.lost} was unplugged. Now in use: ${audio.replaced.used}.`;
}

/** What the rep has to know beside the call's state, the gravest alone. */
export function troubleOf(call: PhoneCall, snapshot: PhoneSnapshot): string | undefined {
  if (call.error !== undefined) return errorWords(call.error);
  if (call.isRejoining) return 'The other side is held until you are back.';
  if (snapshot.phoneState === 'reconnecting' && isConnected(call))
    return 'Connection lost. Your call is still up; reconnecting.';
  return holdRefusal(call) ?? handOverRefusal(call) ?? deviceNotice(snapshot) ?? lineTrouble(call.quality);
}
