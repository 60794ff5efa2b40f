import type { ReportFault } from '../ports/reportFault.ts';
import type { Microphone } from './openMicrophone.ts';
import { openMicrophone } from './openMicrophone.ts';

export interface MicrophoneKeeperParts {
  /** The device that is chosen now. */
  readonly wantedId: () => string;
  /** A microphone is open now, in the place of a former one if there was one. */
  readonly onOpened: (microphone: Microphone, former: Microphone | undefined) => void;
  /** The open one gives no sound any more. */
  readonly onLost: () => void;
  readonly reportFault: ReportFault;
}

/** Keeps at most one microphone open. */
export interface MicrophoneKeeper {
  current(): Microphone | undefined;
  /** Opens one; nothing while one is open. */
  open(): Promise<void>;
  /** Has another one take the open one's place where that is not the one wanted, or is gone. */
  follow(): Promise<void>;
  setTransmitting(transmitting: boolean): void;
  close(): void;
}

export function createMicrophoneKeeper(parts: MicrophoneKeeperParts): MicrophoneKeeper {
  let current: Microphone | undefined;
  let pending: { readonly inputId: string; readonly result: Promise<void> } | undefined;
  let isTransmitting = true;

  function obtain(inputId: string): Promise<void> {
    if (pending?.inputId === inputId) return pending.result;
    const opening = openMicrophone(inputId, parts.onLost, parts.reportFault);
    const own = { inputId, result: opening.then(install).finally(settle) };
    pending = own;
    return own.result;

    function settle(): void {
      if (pending === own) pending = undefined;
    }

    function install(opened: Microphone): void {
      // Closed meanwhile, or another one was chosen.
      if (pending !== own) return opened.release();
      const former = current;
      current = opened;
      opened.setTransmitting(isTransmitting);
      parts.onOpened(opened, former);
      former?.release();
    }
  }

  return {
    current: () => current,
    async open() {
      if (current === undefined) await (pending?.result ?? obtain(parts.wantedId()));
    },
    async follow() {
      const inputId = parts.wantedId();
      if (current !== undefined && !(current.isLive() && current.inputId === inputId)) await obtain(inputId);
    },
    setTransmitting(transmitting) {
      isTransmitting = transmitting;
      current?.setTransmitting(transmitting);
    },
    close() {
      pending = undefined;
      current?.release();
      current = undefined;
      isTransmitting = true;
    },
  };
}
