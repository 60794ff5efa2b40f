import { Invitation, Inviter, type Referral, type Session, SessionState } from 'sip.js';
import { CallMedia } from './audio/callMedia.ts';
import { holdTone, createPlayer } from './audio/prompts.ts';
import type { Participant } from './audio/room.ts';
import { keyOfInfo } from './signalling/infoKey.ts';
import { audioDirection } from './signalling/sessionDescription.ts';

/** The signalling of a phone, as far as its calls care: whether it can be reached. */
export interface PhoneLink {
  /** Since when the phone has no connection, in milliseconds of the monotonic clock. */
  readonly lostAtMs: number | undefined;
  /** The phone's signalling is kept as long as it has legs. */
  keepFor(leg: RepLeg): void;
}

export interface LegListener {
  /** The phone holds or resumes, or says so when it joins. */
  onHold(isHeld: boolean): void;
  onKey(key: string): void;
  onRefer(referral: Referral): void;
  onCancel(): void;
  onBye(): void;
  /** However the session ended. */
  onEnded(): void;
}

/** Without sound for this long, a phone is not heard: what listens to it gets the hold tone. */
const UNHEARD_AFTER_MS = 1_000;
/** Says that the call goes on at another phone (RFC 3326). */
const ELSEWHERE = ['Reason: SIP;cause=200;text="Call completed elsewhere"'];

/** One SIP session between a rep's phone and the switch. In a room it says what the rep says, or the hold tone. */
export class RepLeg implements Participant {
  readonly #session: Session;
  readonly #link: PhoneLink;
  readonly #holdTone = createPlayer(holdTone());
  #media: CallMedia | undefined;
  #isHeld = false;
  #lossPercent = 0;

  constructor(session: Session, link: PhoneLink, listener: LegListener) {
    this.#session = session;
    this.#link = link;
    session.delegate = {
      onSessionDescriptionHandler: (handler) => {
        if (!(handler instanceof CallMedia)) return;
        this.#media = handler;
        handler.lossPercent = this.#lossPercent;
        handler.onKey = listener.onKey;
      },
      onInvite: (request, _response, statusCode) => {
        if (statusCode !== 200 || request.body === '') return;
        this.#isHeld = holds(request.body);
        listener.onHold(this.#isHeld);
      },
      onInfo: (info) => {
        info.accept().catch(() => undefined);
        const key = keyOfInfo(info.request.body);
        if (key !== undefined) listener.onKey(key);
      },
      onRefer: (referral) => listener.onRefer(referral),
      onCancel: () => listener.onCancel(),
      onBye: (bye) => {
        bye.accept().catch(() => undefined);
        listener.onBye();
      },
    };
    this.onceEnded(() => listener.onEnded());
    if (session instanceof Invitation) this.#isHeld = holds(session.request.body);
    link.keepFor(this);
  }

  /** Calls back when the session is over, however it ended. */
  onceEnded(callback: () => void): void {
    this.#session.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) callback();
    });
  }

  get media(): CallMedia | undefined {
    return this.#media;
  }

  get session(): Session {
    return this.#session;
  }

  get isUp(): boolean {
    return this.#session.state === SessionState.Established;
  }

  /** Whether a `Replaces` header (RFC 3891) of the phone names this session. */
  isNamedBy(replaces: string): boolean {
    const { dialog } = this.#session;
    const [callId, ...parameters] = decodeURIComponent(replaces).split(';');
    // The phone writes it from its own side, so its `to-tag` is the switch's.
    const tagOf = (name: string): string | undefined =>
      parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1);
    return (
      dialog !== undefined &&
      callId === dialog.callId &&
      tagOf('to-tag') === dialog.localTag &&
      tagOf('from-tag') === dialog.remoteTag
    );
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Since when the phone is gone: its connection, or its sound although it does not hold. */
  get goneSinceMs(): number | undefined {
    if (this.#link.lostAtMs !== undefined) return this.#link.lostAtMs;
    return this.#isUnheard && !this.#isHeld ? this.#media?.lastReceivedAtMs : undefined;
  }

  set lossPercent(percent: number) {
    this.#lossPercent = percent;
    if (this.#media !== undefined) this.#media.lossPercent = percent;
  }

  ring(): void {
    if (this.#session instanceof Invitation && this.#session.state === SessionState.Initial)
      this.#session.progress({ statusCode: 180 }).catch(() => undefined);
  }

  /** Lets the phone hear the far end before the answer. Resolves once 183 is sent. */
  async openEarly(): Promise<void> {
    if (this.#session instanceof Invitation) await this.#session.progress({ statusCode: 183 });
  }

  /** Resolves with whether the phone is connected now: a CANCEL may have come in between. */
  async accept(): Promise<boolean> {
    if (this.#session instanceof Invitation) await this.#session.accept();
    return this.isUp;
  }

  /** Ends it, whatever its state: BYE, CANCEL or this refusal. Resolves when BYE is answered. */
  async end(refusalStatus = 503): Promise<void> {
    const session = this.#session;
    if (session.state === SessionState.Established) await sayGoodbye(session);
    else if (session instanceof Inviter) await session.cancel().catch(() => undefined);
    else if (session instanceof Invitation)
      await session.reject({ statusCode: refusalStatus }).catch(() => undefined);
  }

  /** Ends it because another phone has the call now. */
  async endElsewhere(): Promise<void> {
    const session = this.#session;
    if (session.state === SessionState.Established) await sayGoodbye(session, ELSEWHERE);
    else if (session instanceof Inviter)
      await session.cancel({ extraHeaders: ELSEWHERE }).catch(() => undefined);
    else await this.end(487);
  }

  speak(): Uint8Array | undefined {
    const frame = this.#media?.takeFrame();
    return this.#isHeld || this.#isUnheard ? this.#holdTone() : frame;
  }

  hear(frame: Uint8Array): void {
    this.#media?.send(frame);
  }

  get #isUnheard(): boolean {
    const lastMs = this.#media?.lastReceivedAtMs;
    return lastMs !== undefined && performance.now() - lastMs > UNHEARD_AFTER_MS;
  }
}

function holds(sdp: string): boolean {
  const direction = audioDirection(sdp);
  return direction === 'sendonly' || direction === 'inactive';
}

/** Sends BYE and waits for its answer. */
async function sayGoodbye(session: Session, extraHeaders: string[] = []): Promise<void> {
  await new Promise<void>((resolve) => {
    const requestDelegate = { onAccept: () => resolve(), onReject: () => resolve() };
    session.bye({ requestDelegate, requestOptions: { extraHeaders } }).catch(() => resolve());
  });
}
