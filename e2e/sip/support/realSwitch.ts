import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RunningProgram } from './runningProgram.ts';

const run = promisify(execFile);
const deployDirectory = join(import.meta.dirname, '..', '..', '..', 'deploy');

/** Each party of a call has a loopback address of its own, as it has a network of its own in a company. */
export const SWITCH_ADDRESS = '127.0.0.1';
export const CARRIER_ADDRESS = '127.0.0.3';
export const STRANGER_ADDRESS = '127.0.0.66';
export const SWITCH_DOMAIN = 'calls.sandbox.test';
export const CALLER_ID_E164 = '+13035550100';

export interface SwitchPorts {
  readonly wss: number;
  readonly sip: number;
  readonly rtpengine: number;
  readonly rtpengineCli: number;
  readonly turn: number;
  readonly turns: number;
  readonly carrier: number;
}

export interface SwitchSettings {
  readonly directory: string;
  readonly ports: SwitchPorts;
  readonly orgId: string;
  readonly relayUrl: string;
  readonly pageUrl: string;
  readonly sipCredentialSecret: string;
  readonly permitSecret: string;
  readonly switchKey: string;
  readonly turnSecret: string;
}

/** The switch as `deploy/` ships it, on the loopback. */
export interface RealSwitch {
  readonly kamailio: RunningProgram;
  readonly programs: readonly RunningProgram[];
  /** What a command of `kamcmd` prints. */
  control(...command: readonly string[]): Promise<string>;
  /** Calls that Kamailio keeps in mind. */
  dialogs(): Promise<number>;
  /** Calls whose sound rtpengine passes. */
  mediaSessions(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts rtpengine, coturn and Kamailio by the very scripts of `deploy/`; resolves once each answers. */
export async function startRealSwitch(settings: SwitchSettings): Promise<RealSwitch> {
  const { directory, ports } = settings;
  const certificate = await makeCertificate(directory);
  const runDirectory = join(directory, 'run');
  await mkdir(runDirectory, { recursive: true });
  const programs: RunningProgram[] = [];
  const start = (name: string, environment: Readonly<Record<string, string>>): RunningProgram => {
    const program = new RunningProgram({
      name,
      command: join(deployDirectory, name, 'start.sh'),
      parameters: [],
      environment: { ...environment, RUN_DIRECTORY: runDirectory },
      logFile: join(directory, `${name}.log`),
    });
    programs.push(program);
    return program;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(programs.map((program) => program.stop()));
  };
  try {
    const rtpengine = start('rtpengine', rtpengineEnvironment(settings));
    const coturn = start('coturn', coturnEnvironment(settings, certificate));
    // Kamailio asks rtpengine at its start whether it is there.
    await rtpengine.isReady(async () =>
      (await askRtpengine(ports.rtpengine, 'd7:command4:pinge')).includes('pong'),
    );
    const kamailio = start('kamailio', kamailioEnvironment(settings, certificate));
    await coturn.isReady(() => accepts(ports.turn));
    await kamailio.isReady(() => accepts(ports.wss));
    const control = async (...command: readonly string[]): Promise<string> =>
      (await run('kamcmd', ['-s', `unix:${runDirectory}/kamailio_ctl`, ...command])).stdout;
    return {
      kamailio,
      programs,
      control,
      dialogs: async () => Number(/all: (\d+)/u.exec(await control('dlg.stats_active'))?.[1]),
      mediaSessions: async () => {
        const answer = await askRtpengine(ports.rtpengine, 'd7:command10:statisticse');
        return Number(/sessionstotali(\d+)e/u.exec(answer)?.[1] ?? Number.NaN);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

async function makeCertificate(directory: string): Promise<Certificate> {
  const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', `subjectAltName=DNS:localhost,IP:${SWITCH_ADDRESS}`],
    ...['-keyout', key, '-out', certificate],
  ]);
  return { certificate, key };
}

function kamailioEnvironment(
  settings: SwitchSettings,
  { certificate, key }: Certificate,
): Record<string, string> {
  const { ports } = settings;
  return {
    SWITCH_DOMAIN,
    ORG_ID: settings.orgId,
    WSS_LISTEN: `tls:${SWITCH_ADDRESS}:${ports.wss}`,
    SIP_LISTEN: `udp:${SWITCH_ADDRESS}:${ports.sip}`,
    TLS_CERTIFICATE: certificate,
    TLS_PRIVATE_KEY: key,
    SIP_CREDENTIAL_SECRET: settings.sipCredentialSecret,
    PERMIT_SECRET: settings.permitSecret,
    SWITCH_KEY: settings.switchKey,
    RELAY_URL: settings.relayUrl,
    ALLOWED_ORIGINS: settings.pageUrl,
    CARRIER_URI: `sip:${CARRIER_ADDRESS}:${ports.carrier}`,
    CARRIER_ADDRESSES: `${CARRIER_ADDRESS}/32`,
    CALLER_ID_E164,
    RTPENGINE_SOCKET: `udp:127.0.0.1:${ports.rtpengine}`,
  };
}

function rtpengineEnvironment({ ports }: SwitchSettings): Record<string, string> {
  return {
    MEDIA_PHONE: SWITCH_ADDRESS,
    MEDIA_CARRIER: SWITCH_ADDRESS,
    RTPENGINE_LISTEN: `127.0.0.1:${ports.rtpengine}`,
    RTPENGINE_CLI: `127.0.0.1:${ports.rtpengineCli}`,
  };
}

function coturnEnvironment(
  { ports, turnSecret }: SwitchSettings,
  { certificate, key }: Certificate,
): Record<string, string> {
  return {
    TURN_SECRET: turnSecret,
    TURN_REALM: SWITCH_DOMAIN,
    TURN_ADDRESS: SWITCH_ADDRESS,
    TURN_PORT: String(ports.turn),
    TURNS_PORT: String(ports.turns),
    // On one machine rtpengine is on the loopback, which coturn allows only when told so twice.
    TURN_PEER: SWITCH_ADDRESS,
    TURN_MORE: 'allow-loopback-peers',
    TLS_CERTIFICATE: certificate,
    TLS_PRIVATE_KEY: key,
  };
}

async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, SWITCH_ADDRESS);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** One question of rtpengine's own protocol: a cookie, then bencoded text. */
async function askRtpengine(port: number, question: string): Promise<string> {
  const socket = createSocket('udp4');
  try {
    return await new Promise((resolve, reject) => {
      socket.once('message', (answer) => resolve(answer.toString('latin1')));
      socket.once('error', reject);
      setTimeout(() => reject(new Error('rtpengine did not answer')), 1_000).unref();
      socket.send(`test${process.hrtime.bigint()} ${question}`, port, '127.0.0.1');
    });
  } finally {
    socket.close();
  }
}
