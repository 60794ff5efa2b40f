import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../../faults/support/eventually.ts';
import { CARRIER_ADDRESS } from './realSwitch.ts';
import { RunningProgram } from './runningProgram.ts';

/** What the prospect's telephone rings on. */
export const PROSPECT_NUMBER = '+13035550142';
const TONE_HZ = 440;
/** 0.6 s of 16-bit samples at 8 kHz: Chromium's own microphone beeps for 20 ms twice a second. */
const HEARD_BYTES = 9_600;

interface BaresipEvent {
  readonly event?: boolean;
  readonly type?: string;
  readonly param?: string;
  readonly response?: boolean;
  readonly ok?: boolean;
  readonly data?: string;
  readonly peeruri?: string;
}

export interface ProspectOptions {
  readonly directory: string;
  /** SIP; the next one is baresip's own control. */
  readonly port: number;
  readonly controlPort: number;
  readonly answers: 'auto' | 'manual';
}

/**
 * The other end of a call: baresip, which sounds a tone of 440 Hz, keeps what it hears in a file, and tells each event
 * over its control port.
 */
export class ProspectPhone {
  readonly program: RunningProgram;
  readonly #soundDirectory: string;
  #socket: Socket | undefined;
  #events: BaresipEvent[] = [];
  #rest = '';

  private constructor(program: RunningProgram, soundDirectory: string) {
    this.program = program;
    this.#soundDirectory = soundDirectory;
  }

  static async start({ directory, port, controlPort, answers }: ProspectOptions): Promise<ProspectPhone> {
    const soundDirectory = join(directory, 'sound');
    await mkdir(soundDirectory, { recursive: true });
    await writeFile(join(directory, 'config'), configuration(port, controlPort, soundDirectory));
    await writeFile(
      join(directory, 'accounts'),
      `<sip:${PROSPECT_NUMBER}@${CARRIER_ADDRESS}>;regint=0;answermode=${answers}\n`,
    );
    const program = new RunningProgram({
      name: 'baresip',
      command: '/usr/bin/baresip',
      parameters: ['-f', directory],
      directory: soundDirectory,
      logFile: join(directory, 'baresip.log'),
    });
    const phone = new ProspectPhone(program, soundDirectory);
    try {
      await program.isReady(() => phone.#connect(controlPort));
    } catch (error) {
      await program.stop();
      throw error;
    }
    return phone;
  }

  /** Types a command, as a person would into baresip. */
  command(command: string, parameters = ''): void {
    const text = JSON.stringify({ command, params: parameters });
    this.#socket?.write(`${Buffer.byteLength(text)}:${text},`);
  }

  /** Resolves with the next event of this type that was not waited for before. */
  async event(type: string, withinMs = 15_000): Promise<BaresipEvent> {
    return await eventually(
      `the prospect's telephone says ${type}; so far ${this.#events.map((event) => event.type ?? '?').join(', ')}`,
      () => {
        const index = this.#events.findIndex((event) => event.type === type);
        return index < 0 ? undefined : this.#events.splice(index, 1)[0];
      },
      withinMs,
    );
  }

  /** The keys heard so far, and forgets them. */
  takeDigits(): string {
    const digits = this.#events
      .filter(({ type }) => type === 'CALL_DTMF_START')
      .map(({ param }) => param ?? '');
    this.#events = this.#events.filter(({ type }) => type?.startsWith('CALL_DTMF') !== true);
    return digits.join('');
  }

  forgetEvents(): void {
    this.#events = [];
  }

  /** How loud the next 0.6 s of what arrives are, RMS from 0 to 1; 0 when nothing arrives for 2 s. */
  async heardRms(): Promise<number> {
    let { name, sound } = await this.#newestSound();
    let before = sound.length;
    try {
      return await eventually(
        'sound arrives',
        async () => {
          const now = await this.#newestSound();
          // After a change of the call baresip begins a new file.
          if (now.name !== name || now.sound.length < before) before = 0;
          ({ name, sound } = now);
          return sound.length - before >= HEARD_BYTES ? rmsOfEnd(sound, HEARD_BYTES) : undefined;
        },
        2_000,
      );
    } catch {
      return 0;
    }
  }

  /** What was heard so far, a WAV file whose header may not say its length yet. */
  async #newestSound(): Promise<{ name: string; sound: Buffer }> {
    const files = (await readdir(this.#soundDirectory)).filter((file) => file.endsWith('-dec.wav')).sort();
    const name = files.at(-1) ?? '';
    return { name, sound: name === '' ? Buffer.alloc(0) : await readFile(join(this.#soundDirectory, name)) };
  }

  async stop(): Promise<void> {
    this.#socket?.destroy();
    await this.program.stop();
  }

  async #connect(port: number): Promise<boolean> {
    return await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        this.#socket = socket;
        socket.on('data', (data) => this.#read(data.toString('utf8')));
        resolve(true);
      });
    });
  }

  /** Messages are netstrings: `<length>:<JSON>,`. */
  #read(text: string): void {
    this.#rest += text;
    for (;;) {
      const [head = '', length] = /^(\d+):/u.exec(this.#rest) ?? [];
      const end = head.length + Number(length);
      if (length === undefined || this.#rest.length <= end) return;
      this.#events.push(JSON.parse(this.#rest.slice(head.length, end)) as BaresipEvent);
      this.#rest = this.#rest.slice(end + 1);
    }
  }
}

function configuration(port: number, controlPort: number, soundDirectory: string): string {
  return [
    `sip_listen ${CARRIER_ADDRESS}:${port}`,
    `net_interface ${CARRIER_ADDRESS}`,
    'rtp_ports 28000-28999',
    'rtcp_mux no',
    'jitter_buffer_delay 2-5',
    'module_path /usr/lib/baresip/modules',
    'module g711.so',
    'module ausine.so',
    'module aubridge.so',
    'module sndfile.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    `snd_path ${soundDirectory}`,
    `audio_source ausine,${TONE_HZ}`,
    'audio_player aubridge,sink',
    'audio_alert aubridge,alert',
    'ausrc_srate 48000',
    'ausrc_channels 2',
    'call_max_calls 4',
    'audio_buffer 20-160',
    '',
  ].join('\n');
}

/** RMS of the last bytes of 16-bit samples, full scale 1. */
function rmsOfEnd(sound: Buffer, bytes: number): number {
  let [sum, samples] = [0, 0];
  for (let offset = sound.length - bytes; offset + 1 < sound.length; offset += 2) {
    sum += (sound.readInt16LE(offset) / 32_768) ** 2;
    samples += 1;
  }
  return Math.sqrt(sum / samples);
}
