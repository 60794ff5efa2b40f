import { LightningElement, api } from 'lwc';
import type { DialRequest, RecentCall } from 'c/callContract';
import type { People } from 'c/callWords';
import type { PlayedVoicemail } from 'c/recentCalls';

export type PhoneTab = 'keypad' | 'recent';

const TABS: readonly PhoneTab[] = ['keypad', 'recent'];

/**
 * The keypad and the last calls, one at a time.
 *
 * @fires tab with `{ tab }`, the one to show
 * @fires dial, redial and digit as of c-dial-pad
 * @fires callback, play and choose as of c-recent-calls
 */
export default class PhoneTabs extends LightningElement {
  @api tab: PhoneTab = 'keypad';
  @api padMode: 'dial' | 'digits' = 'dial';
  @api missedCount = 0;
  @api calls?: readonly RecentCall[] | undefined;
  @api people: People = {};
  @api voicemail?: PlayedVoicemail | undefined;
  @api lastDialed?: Omit<DialRequest, 'requestId'> | undefined;

  /** Puts the focus into the keypad where that is shown, else on the chosen tab. */
  @api focus(): void {
    const pad = this.template?.querySelector<HTMLElement>('c-dial-pad');
    (pad ?? this.template?.querySelector<HTMLElement>('[aria-selected="true"]'))?.focus();
  }

  get isKeypad(): boolean {
    return this.tab === 'keypad';
  }

  get isRecent(): boolean {
    return this.tab === 'recent';
  }

  get labelledBy(): string {
    return this.isKeypad ? 'keypad-tab' : 'recent-tab';
  }

  get keypadTabIndex(): number {
    return this.isKeypad ? 0 : -1;
  }

  get recentTabIndex(): number {
    return this.isRecent ? 0 : -1;
  }

  get keypadClass(): string {
    return this.isKeypad ? 'tab chosen' : 'tab';
  }

  get recentClass(): string {
    return this.isRecent ? 'tab chosen' : 'tab';
  }

  get missedWords(): string | undefined {
    return this.missedCount === 0 ? undefined : `${this.missedCount} missed`;
  }

  handleTab(event: Event): void {
    this.choose((event.currentTarget as HTMLElement).dataset.tab as PhoneTab);
  }

  /** Arrows, Home and End go from tab to tab, as the pattern of the ARIA Authoring Practices Guide has it. */
  handleKeydown(event: KeyboardEvent): void {
    const next = {
      ArrowLeft: this.neighbour(),
      ArrowRight: this.neighbour(),
      Home: TABS[0],
      End: TABS.at(-1),
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.template?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
    this.choose(next);
  }

  handleWish(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail as unknown }));
  }

  private neighbour(): PhoneTab {
    return this.isKeypad ? 'recent' : 'keypad';
  }

  private choose(tab: PhoneTab): void {
    if (tab !== this.tab) this.dispatchEvent(new CustomEvent('tab', { detail: { tab } }));
  }
}
