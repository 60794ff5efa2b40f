import { LightningElement, api } from 'lwc';
import type { PhoneCall } from 'c/callContract';
import { isConnected, isLive } from 'c/callWords';
import { after } from 'c/ticker';

/** A click meant for what stood here before must not end the call. */
const HANG_UP_DEAD_MS = 1_000;

/** What opens below the controls. */
export type ControlPanel = 'transfer' | 'add';

interface Control {
  readonly name: string;
  readonly text: string;
  readonly iconName: string;
  readonly isBlocked: boolean;
  readonly isOn: boolean;
  readonly isPressed?: string;
  readonly isExpanded?: string;
  readonly keys?: string;
  readonly title: string;
  readonly variant?: string;
}

/**
 * Mute, hold, keypad, transfer, add and hang up. They never move, and stay focusable when they can't be used.
 *
 * @fires mute with `{ muted }`
 * @fires hold with `{ held }`
 * @fires keypad when the keypad is to be shown
 * @fires panel with `{ panel }`, the panel to show or hide
 * @fires hangup
 */
export default class CallControls extends LightningElement {
  @api openPanel?: ControlPanel | undefined;
  @api hasShortcuts = false;
  /** Set while two calls are up, or a colleague is asked: then no third is placed. */
  @api isCrowded = false;
  isHangUpDead = false;
  private current?: PhoneCall | undefined;
  private stopDeadTime = () => {};

  @api
  get call(): PhoneCall | undefined {
    return this.current;
  }
  set call(call: PhoneCall | undefined) {
    const isNewState = call?.callId !== this.current?.callId || call?.state !== this.current?.state;
    this.current = call;
    if (isNewState && isLive(call)) this.startDeadTime();
  }

  override disconnectedCallback(): void {
    this.stopDeadTime();
  }

  /** Puts the focus on one of the controls, on Mute without a name. */
  @api focus(name?: string): void {
    this.template?.querySelector<HTMLElement>(`.${name ?? 'mute'}`)?.focus();
  }

  /** Ends the call unless its state has just changed. */
  @api hangUp(): void {
    if (isLive(this.call) && !this.isHangUpDead) this.dispatchEvent(new CustomEvent('hangup'));
  }

  @api toggleMute(): void {
    if (this.call !== undefined && isLive(this.call))
      this.dispatchEvent(new CustomEvent('mute', { detail: { muted: !this.call.muted } }));
  }

  @api toggleHold(): void {
    if (this.call !== undefined && !this.isHoldBlocked)
      this.dispatchEvent(new CustomEvent('hold', { detail: { held: this.call.state !== 'held' } }));
  }

  get controls(): (Control & { className: string })[] {
    const isUp = isConnected(this.call);
    const isMuted = isLive(this.call) && this.call?.muted === true;
    const controls: Control[] = [
      this.toggle(
        'mute',
        'Mute',
        isMuted ? 'utility:muted' : 'utility:unmuted',
        isMuted,
        !isLive(this.call),
        'M',
      ),
      this.toggle('hold', 'Hold', 'utility:pause', this.call?.state === 'held', this.isHoldBlocked, 'H'),
      {
        name: 'keypad',
        text: 'Keypad',
        iconName: 'utility:dialing',
        isBlocked: !isUp,
        isOn: false,
        title: 'Keypad',
      },
      this.opener('transfer', 'Transfer', 'utility:forward', !isUp || this.isTransferBlocked),
      this.opener('add', 'Add', 'utility:add', !isUp || this.isTransferBlocked),
    ];
    return controls.map((control) => ({
      ...control,
      className: `slds-button slds-button_neutral control ${control.name}`,
      ...(control.isOn ? { variant: 'inverse' } : {}),
    }));
  }

  get isHangUpBlocked(): boolean {
    return !isLive(this.call) || this.isHangUpDead;
  }

  get hangUpVariant(): string | undefined {
    return isLive(this.call) ? 'inverse' : undefined;
  }

  get hangUpKeys(): string | undefined {
    return this.hasShortcuts ? 'Control+Shift+E' : undefined;
  }

  get hangUpTitle(): string {
    return this.hasShortcuts ? 'Hang up (Ctrl+Shift+E)' : 'Hang up';
  }

  /** Red from the first to the last moment of a call, also while a click would not count. */
  get hangUpClass(): string {
    return `slds-button slds-button_destructive hang-up${isLive(this.call) ? ' live' : ''}`;
  }

  handleControl(event: Event): void {
    const { name } = (event.currentTarget as HTMLElement).dataset;
    const control = this.controls.find((candidate) => candidate.name === name);
    if (control === undefined || control.isBlocked) return;
    if (name === 'mute') this.toggleMute();
    else if (name === 'hold') this.toggleHold();
    else if (name === 'keypad') this.dispatchEvent(new CustomEvent('keypad'));
    else this.dispatchEvent(new CustomEvent('panel', { detail: { panel: name } }));
  }

  private get isHoldBlocked(): boolean {
    return !isConnected(this.call) || this.call?.holdPending === true || this.call?.isRejoining === true;
  }

  private get isTransferBlocked(): boolean {
    const { call } = this;
    return (
      this.isCrowded ||
      call?.transfer === 'asked' ||
      call?.isRejoining === true ||
      call?.isInConference === true
    );
  }

  private toggle(
    name: string,
    text: string,
    iconName: string,
    isOn: boolean,
    isBlocked: boolean,
    key: string,
  ): Control {
    return {
      name,
      text,
      iconName,
      isOn,
      isBlocked,
      isPressed: String(isOn),
      title: this.hasShortcuts ? `${text} (Ctrl+Shift+${key})` : text,
      ...(this.hasShortcuts ? { keys: `Control+Shift+${key}` } : {}),
    };
  }

  private opener(name: ControlPanel, text: string, iconName: string, isBlocked: boolean): Control {
    const isOn = this.openPanel === name;
    return {
      name,
      text,
      iconName,
      isOn,
      isBlocked: isBlocked && !isOn,
      isExpanded: String(isOn),
      title: text,
    };
  }

  private startDeadTime(): void {
    this.stopDeadTime();
    this.isHangUpDead = true;
    this.stopDeadTime = after(HANG_UP_DEAD_MS, () => {
      this.isHangUpDead = false;
    });
  }
}
