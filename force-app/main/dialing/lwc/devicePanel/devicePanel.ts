import { LightningElement, api } from 'lwc';
import type { AudioDevice, PhoneSnapshot } from 'c/callContract';
import { deviceNotice, isLive, lineFigures } from 'c/callWords';
import type { SelectOption } from 'c/selectField';

/**
 * What the rep hears and speaks with, how the line is now, and the checks of it. No event is named `input`: the
 * browser's own of that name leaves the fields, and every component around them.
 *
 * @fires microphone, speaker, ringer with `{ value }`, the chosen device
 * @fires echotest with `{ running }`
 * @fires preflight
 * @fires shortcuts with `{ areOn }`
 * @fires close
 */
export default class DevicePanel extends LightningElement {
  @api snapshot!: PhoneSnapshot;
  @api hasShortcuts = false;

  @api focus(): void {
    this.template?.querySelector<HTMLElement>('.microphone')?.focus();
  }

  get inputs(): SelectOption[] {
    return optionsOf(this.snapshot.audio.inputs);
  }

  get outputs(): SelectOption[] {
    return optionsOf(this.snapshot.audio.outputs);
  }

  get notice(): string | undefined {
    return deviceNotice(this.snapshot);
  }

  get lineFigures(): string | undefined {
    return lineFigures(this.snapshot.call?.quality);
  }

  get isEchoRunning(): boolean {
    return this.snapshot.echoTest !== undefined;
  }

  get echoText(): string {
    return this.isEchoRunning ? 'Stop echo test' : 'Echo test';
  }

  get echoWords(): string | undefined {
    if (this.snapshot.echoTest === undefined) return undefined;
    return this.snapshot.echoTest === 'connecting' ? 'Connecting…' : 'Speak: you hear yourself.';
  }

  get isMeterShown(): boolean {
    return this.isEchoRunning || isLive(this.snapshot.call);
  }

  get isMuted(): boolean {
    return this.snapshot.call?.muted === true;
  }

  /** Neither is of use while somebody listens. */
  get isCheckBlocked(): boolean {
    return isLive(this.snapshot.call);
  }

  get isChecking(): boolean {
    return this.snapshot.preflight?.some(({ result }) => result === 'running') ?? false;
  }

  get checkText(): string {
    return this.isChecking ? 'Checking…' : 'Check phone';
  }

  handleMicrophone(event: CustomEvent<{ value: string }>): void {
    this.dispatchEvent(new CustomEvent('microphone', { detail: event.detail }));
  }

  handleSpeaker(event: CustomEvent<{ value: string }>): void {
    this.dispatchEvent(new CustomEvent('speaker', { detail: event.detail }));
  }

  handleRinger(event: CustomEvent<{ value: string }>): void {
    this.dispatchEvent(new CustomEvent('ringer', { detail: event.detail }));
  }

  handleEcho(): void {
    if (!this.isCheckBlocked || this.isEchoRunning)
      this.dispatchEvent(new CustomEvent('echotest', { detail: { running: !this.isEchoRunning } }));
  }

  handleCheck(): void {
    if (!this.isCheckBlocked && !this.isChecking) this.dispatchEvent(new CustomEvent('preflight'));
  }

  handleShortcuts(event: Event): void {
    const areOn = (event.target as HTMLInputElement).checked;
    this.dispatchEvent(new CustomEvent('shortcuts', { detail: { areOn } }));
  }

  /** Escape closes the panel, never the call. */
  handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('close'));
  }
}

function optionsOf(devices: readonly AudioDevice[]): SelectOption[] {
  const named = devices.filter(({ deviceId }) => deviceId !== '');
  return [
    { value: '', label: 'System default' },
    ...named.map(({ deviceId, label }) => ({ value: deviceId, label })),
  ];
}
