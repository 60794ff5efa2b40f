import { pcmuEnergy } from './pcmu.ts';

/** Packets in the recent window: one second. */
const RECENT_PACKETS = 50;

/** How loud the received sound is, as the root mean square of its samples, 0 to 1. */
export interface SoundMeter {
  receive(payload: Uint8Array): void;
  readonly packets: number;
  /** Over everything received. */
  readonly rms: number;
  /** Over the last second of packets. */
  readonly recentRms: number;
}

/** A meter for PCMU payloads. */
export function createSoundMeter(): SoundMeter {
  let packets = 0;
  let energy = 0;
  let samples = 0;
  const recent: { readonly energy: number; readonly samples: number }[] = [];
  return {
    receive(payload) {
      const packet = { energy: pcmuEnergy(payload), samples: payload.length };
      packets += 1;
      energy += packet.energy;
      samples += packet.samples;
      recent.push(packet);
      if (recent.length > RECENT_PACKETS) recent.shift();
    },
    get packets() {
      return packets;
    },
    get rms() {
      return rootMeanSquare(energy, samples);
    },
    get recentRms() {
      return rootMeanSquare(
        recent.reduce((sum, packet) => sum + packet.energy, 0),
        recent.reduce((sum, packet) => sum + packet.samples, 0),
      );
    },
  };
}

function rootMeanSquare(energy: number, samples: number): number {
  return samples === 0 ? 0 : Math.sqrt(energy / samples);
}
