import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

type Listener = (message: object) => void;
interface Subscription {
  readonly channel: unknown;
  readonly listener: Listener;
}

const subscriptions = new Set<Subscription>();

export const MessageContext = createTestWireAdapter(jest.fn());
export const APPLICATION_SCOPE = Symbol('application');

export const subscribe = jest.fn((_context: unknown, channel: unknown, listener: Listener) => {
  const subscription = { channel, listener };
  subscriptions.add(subscription);
  return subscription;
});

export const unsubscribe = jest.fn((subscription: Subscription) => {
  subscriptions.delete(subscription);
});

/** Delivers to every subscriber of the channel, as the page's message service does. */
export const publish = jest.fn((_context: unknown, channel: unknown, message: object) => {
  for (const subscription of [...subscriptions])
    if (subscription.channel === channel) subscription.listener(message);
});
