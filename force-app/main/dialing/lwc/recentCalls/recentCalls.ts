import { LightningElement, api } from 'lwc';
import type { RecentCall } from 'c/callContract';
import type { People } from 'c/callWords';
import { formatDuration, formatMoment } from 'c/figureFormat';
import type { SelectOption } from 'c/selectField';
import { missedFirst } from './recentOrder.ts';

/** A message that is being fetched or can be played. */
export interface PlayedVoicemail {
  readonly callId: string;
  readonly url?: string | undefined;
  readonly trouble?: string | undefined;
}

interface Row {
  readonly callId: string;
  readonly person: string;
  readonly number?: string | undefined;
  readonly iconName: string;
  readonly words: string;
  readonly rowClass: string;
  readonly callText: string;
  readonly callLabel: string;
  readonly canCall: boolean;
  readonly choices?: readonly SelectOption[] | undefined;
  readonly choiceLabel: string;
  readonly playLabel?: string | undefined;
  readonly audioLabel: string;
  readonly audioUrl?: string | undefined;
  readonly trouble?: string | undefined;
}

const ICONS = {
  missed: 'utility:missed_call',
  inbound: 'utility:incoming_call',
  outbound: 'utility:outbound_call',
} as const;

/**
 * The rep's last calls, those to call back first.
 *
 * @fires callback with the `RecentCall` to call
 * @fires play with `{ callId }`
 * @fires choose with `{ callId, person }`, the one whose call it was
 */
export default class RecentCalls extends LightningElement {
  /** Newest first; absent until they were read. */
  @api calls?: readonly RecentCall[] | undefined;
  @api people: People = {};
  @api voicemail?: PlayedVoicemail | undefined;
  /** The call whose message was asked for: its player takes the place, and the focus, of the button. */
  private awaitedId?: string | undefined;

  override renderedCallback(): void {
    const player = this.template?.querySelector<HTMLElement>('audio');
    if (player === null || player === undefined || player.dataset.callId !== this.awaitedId) return;
    this.awaitedId = undefined;
    if (this.template?.activeElement === null) player.focus();
  }

  get isLoading(): boolean {
    return this.calls === undefined;
  }

  get isEmpty(): boolean {
    return this.calls?.length === 0;
  }

  get rows(): Row[] {
    return missedFirst(this.calls ?? []).map((call) => this.rowOf(call));
  }

  handleCall(event: Event): void {
    const call = this.callOf(event);
    if (call !== undefined) this.dispatchEvent(new CustomEvent('callback', { detail: call }));
  }

  handlePlay(event: Event): void {
    const call = this.callOf(event);
    if (call === undefined) return;
    this.awaitedId = call.callId;
    this.dispatchEvent(new CustomEvent('play', { detail: { callId: call.callId } }));
  }

  handlePick(event: CustomEvent<{ value: string }>): void {
    const [call, person] = [this.callOf(event), this.people[event.detail.value]];
    if (call !== undefined && person !== undefined)
      this.dispatchEvent(new CustomEvent('choose', { detail: { callId: call.callId, person } }));
  }

  private callOf(event: Event): RecentCall | undefined {
    const { callId } = (event.currentTarget as HTMLElement).dataset;
    return this.calls?.find((call) => call.callId === callId);
  }

  private rowOf(call: RecentCall): Row {
    const { callId, number, direction, isMissed, voicemailSeconds } = call;
    const name = call.recordId === undefined ? undefined : this.people[call.recordId]?.name;
    const person = name ?? number ?? 'Number withheld';
    const played = this.voicemail?.callId === callId ? this.voicemail : undefined;
    const callText = direction === 'outbound' ? 'Redial' : 'Call back';
    return {
      callId,
      person,
      number: name === undefined ? undefined : number,
      iconName: isMissed ? ICONS.missed : ICONS[direction],
      words: `${wordsOf(call)} · ${formatMoment(new Date(call.startedAtMs), new Date())}`,
      rowClass: isMissed ? 'row missed' : 'row',
      callText,
      callLabel: `${callText}: ${person}`,
      canCall: number !== undefined,
      choices: this.choicesOf(call),
      choiceLabel: `Whose call was it: ${person}`,
      playLabel:
        voicemailSeconds === undefined || played?.url !== undefined
          ? undefined
          : `Message ${formatDuration(voicemailSeconds)}`,
      audioLabel: `Message from ${person}`,
      audioUrl: played?.url,
      trouble: played?.trouble,
    };
  }

  /** Nothing to choose from before the people's names are there. */
  private choicesOf({ matchedRecordIds = [] }: RecentCall): readonly SelectOption[] | undefined {
    const people = matchedRecordIds.flatMap((id) => this.people[id] ?? []);
    if (people.length < 2) return undefined;
    return [
      { value: '', label: `${people.length} people have this number` },
      ...people.map(({ recordId, name, company }) => ({
        value: recordId,
        label: company === undefined ? name : `${name}, ${company}`,
      })),
    ];
  }
}

function wordsOf({ direction, isMissed, talkSeconds }: RecentCall): string {
  if (isMissed) return 'Missed';
  if (talkSeconds > 0)
    return `${direction === 'inbound' ? 'Inbound' : 'Outbound'} ${formatDuration(talkSeconds)}`;
  return direction === 'inbound' ? 'Inbound, rejected' : 'Outbound, no answer';
}
