import { EmitterImpl, type Transport, TransportState } from 'sip.js';
import type { Connection } from './connection.ts';

/**
 * The switch's end of a WebSocket as a SIP.js transport. It is connected from the start, and can be moved to another
 * connection: a call then outlives the socket it began on.
 */
export class ServerTransport implements Transport {
  /** What SIP.js writes into Via, with `SIP/2.0/` before it. */
  readonly protocol = 'WS';
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  #connection: Connection | undefined;
  #state = TransportState.Disconnected;

  get state(): TransportState {
    return this.#state;
  }

  /** Sends from now on through this connection, or nowhere until the next call. */
  attach(connection: Connection | undefined): void {
    this.#connection = connection;
  }

  async connect(): Promise<void> {
    this.#transition(TransportState.Connecting);
    this.#transition(TransportState.Connected);
    this.onConnect?.();
  }

  async disconnect(): Promise<void> {
    if (this.#state === TransportState.Disconnected) return;
    this.#transition(TransportState.Disconnecting);
    this.#transition(TransportState.Disconnected);
    this.onDisconnect?.();
  }

  async dispose(): Promise<void> {
    await this.disconnect();
    this.#connection = undefined;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  /** @throws when there is no connection now; SIP's own timers send again what must arrive. */
  async send(message: string): Promise<void> {
    if (this.#connection === undefined || !this.#connection.send(message)) throw new Error('Not connected.');
  }

  #transition(state: TransportState): void {
    this.#state = state;
    this.stateChange.emit(state);
  }
}
