import { LightningElement, api } from 'lwc';
import type { PhoneSnapshot } from 'c/callContract';
import { isLive, phoneWords } from 'c/callWords';

/**
 * The phone's first line: how it is, how loud the microphone is, which one is in use.
 *
 * @fires devices when the devices are to be shown or hidden
 */
export default class PhoneHead extends LightningElement {
  @api snapshot!: PhoneSnapshot;
  @api isDevicesOpen = false;

  /** Puts the focus on the devices' button. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('.devices')?.focus();
  }

  get words(): string {
    const { phoneState, runsElsewhere } = this.snapshot;
    return phoneState === 'ready' && runsElsewhere ? 'In another tab' : phoneWords(phoneState);
  }

  get markClass(): string {
    return `mark mark_${this.snapshot.phoneState}`;
  }

  get isMeterShown(): boolean {
    return isLive(this.snapshot.call);
  }

  get isMuted(): boolean {
    return this.snapshot.call?.muted === true;
  }

  get device(): string {
    const { inputs, inputId } = this.snapshot.audio;
    return inputs.find(({ deviceId }) => deviceId === inputId)?.label ?? 'Devices';
  }

  get deviceTitle(): string {
    return this.device === 'Devices' ? 'Devices' : `Devices: ${this.device}`;
  }

  handleDevices(): void {
    this.dispatchEvent(new CustomEvent('devices'));
  }
}
