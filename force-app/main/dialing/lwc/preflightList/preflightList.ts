import { LightningElement, api } from 'lwc';
import { ERRORS, PREFLIGHT_CHECKS } from 'c/callContract';
import type { ErrorName, PreflightCheck, PreflightResult } from 'c/callContract';

const NAMES: Readonly<Record<PreflightCheck, string>> = {
  microphone: 'Microphone',
  socket: 'Phone service',
  turn: 'Media server',
  codec: 'Sound format',
  mos: 'Line',
};

const MARKS: Readonly<Record<PreflightResult['result'] | 'waiting', { iconName: string; words: string }>> = {
  waiting: { iconName: 'utility:dash', words: 'Waits' },
  running: { iconName: 'utility:clock', words: 'Checking…' },
  passed: { iconName: 'utility:success', words: 'OK' },
  failed: { iconName: 'utility:error', words: 'Failed' },
  skipped: { iconName: 'utility:dash', words: 'Not checked' },
};

/** What to do where the error table, which speaks of a phone at work, says what it does by itself. */
const MENDS: Partial<Record<ErrorName, string>> = {
  relayUnreachable:
    'Check the network and VPN of this computer. If other pages open, ask your admin whether the relay runs.',
  switchUnreachable:
    'Check the network and VPN of this computer. If other pages open, a firewall may be in the way: ask your admin.',
};

/** From this mean opinion score on a line is called good (ITU-T G.107, annex B: many users satisfied at 4.03, some not at 3.6). */
const GOOD_MOS = 4;

/** Each check of the phone with its result, and for a failure how to mend it. */
export default class PreflightList extends LightningElement {
  /** In the order of their course; a check that has not begun is missing. */
  @api results: readonly PreflightResult[] = [];

  get rows() {
    return PREFLIGHT_CHECKS.map((check) => {
      const found = this.results.find((result) => result.check === check);
      const result = found?.result ?? 'waiting';
      return {
        check,
        name: NAMES[check],
        iconName: MARKS[result].iconName,
        words: `${MARKS[result].words}${figureOf(found)}`,
        rowClass: result === 'failed' ? 'row failed' : 'row',
        mend: result === 'failed' ? mendOf(found) : undefined,
      };
    });
  }
}

/** ` · good, 4.3 of 4.5` behind the word of a line that was measured. */
function figureOf(result: PreflightResult | undefined): string {
  if (result?.mos === undefined) return '';
  const words = result.result === 'passed' ? (result.mos >= GOOD_MOS ? 'good, ' : 'fair, ') : '';
  return ` · ${words}${result.mos.toFixed(1)} of 4.5`;
}

function mendOf(result: PreflightResult | undefined): string {
  const error = result?.error ?? 'unexpected';
  const { message, meaning, code } = ERRORS[error];
  return `${message} ${MENDS[error] ?? meaning} (${code})`;
}
