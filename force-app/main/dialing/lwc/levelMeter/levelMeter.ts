import { LightningElement, api } from 'lwc';

/** How loud the microphone is. For the eye only: a meter is never announced. */
export default class LevelMeter extends LightningElement {
  /** 0 to 1. */
  @api level = 0;
  @api isMuted = false;

  get icon(): string {
    return this.isMuted ? 'utility:muted' : 'utility:unmuted';
  }

  get levelWidth(): string {
    return `${Math.round(Math.min(1, this.level) * 100)}%`;
  }
}
