interface MessageChannel {
  readonly channelName: string;
}

type Listener = (message: unknown) => void;

interface Subscription {
  readonly channelName: string;
  readonly listener: Listener;
  readonly context: object;
}

/** One bus for the whole page, as the platform has one for a browser tab. */
const subscriptions = new Set<Subscription>();

/** Components in every open page and utility hear the message, not only those of the active area. */
export const APPLICATION_SCOPE = Symbol('APPLICATION_SCOPE');

function endContext(context: object): void {
  for (const subscription of subscriptions) {
    if (subscription.context === context) {
      subscriptions.delete(subscription);
    }
  }
}

/** Wire adapter whose value is the context to publish and subscribe with; its subscriptions end with the component. */
export class MessageContext {
  private readonly context = Object.freeze({});

  constructor(emit: (value: unknown) => void) {
    emit(this.context);
  }

  connect(): void {
    // The context exists from the start, so that a component may use it in its own `connectedCallback`.
  }

  update(): void {
    // There is nothing to configure.
  }

  disconnect(): void {
    endContext(this.context);
  }
}

/** A context for code that is no component; end it with `releaseMessageContext`. */
export function createMessageContext(): object {
  return Object.freeze({});
}

export function releaseMessageContext(context: object): void {
  endContext(context);
}

/**
 * Delivers a copy of the message, as JSON carries it, to all subscribers of the channel, the sender included.
 * In a standard (not console) Lightning app everything on the page is active, so both scopes hear the same.
 */
export function publish(_context: object, channel: MessageChannel, message: unknown): void {
  const text = JSON.stringify(message ?? null);
  for (const { channelName, listener } of [...subscriptions]) {
    if (channelName === channel.channelName) {
      listener(JSON.parse(text) as unknown);
    }
  }
}

/** @throws TypeError without a context or channel, as the platform does */
export function subscribe(context: object | undefined, channel: MessageChannel, listener: Listener): object {
  if (typeof context !== 'object' || typeof channel.channelName !== 'string') {
    throw new TypeError('subscribe needs a message context and a message channel');
  }
  const subscription = Object.freeze({ channelName: channel.channelName, listener, context });
  subscriptions.add(subscription);
  return subscription;
}

export function unsubscribe(subscription: object): void {
  subscriptions.delete(subscription as Subscription);
}
