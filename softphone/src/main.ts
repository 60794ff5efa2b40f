import type { Phone, PhoneOptions } from '@scoreline/contract';
import { createBrowserAudio } from './browser/browserAudio.ts';
import { browserClock } from './browser/browserClock.ts';
import { watchPageLife } from './browser/browserPageLife.ts';
import { browserRandom } from './browser/browserRandom.ts';
import { openBrowserTabs } from './browser/browserTabs.ts';
import { createIndexedDbLeftCalls } from './browser/indexedDbLeftCalls.ts';
import { createIndexedDbOutboxStore } from './browser/indexedDbOutboxStore.ts';
import type { IsAddressRefused } from './browser/pagePolicy.ts';
import { watchPagePolicy } from './browser/pagePolicy.ts';
import { createPhoneDatabase } from './browser/phoneDatabase.ts';
import { createRelayClient } from './browser/relayClient.ts';
import { reportToPage } from './browser/reportFault.ts';
import { onReturn } from './browser/returnSignals.ts';
import type { LeftCalls } from './domain/runningCall.ts';
import type { PhoneParts } from './engine/createPhone.ts';
import { createPhone } from './engine/createPhone.ts';
import type { LeadingPhone } from './engine/leadingPhone.ts';
import { doublingRetry } from './engine/retryPolicy.ts';
import { createSharedPhone } from './engine/sharedPhone.ts';
import type { LeftCallsStore } from './ports/leftCallsStore.ts';
import { createMediaChecks } from './sip/mediaChecks.ts';
import { createSipGateway } from './sip/sipGateway.ts';

/** The page's one phone. It outlasts the component that started it, so that a call survives navigation. */
let runningPhone: Phone | undefined;

/** Starts the page's phone, or returns the one that runs already. After its `close()` a new one may be started. */
export function startPhone(options: PhoneOptions): Phone {
  runningPhone ??= composePhone(options);
  return runningPhone;
}

function composePhone(options: PhoneOptions): Phone {
  const isAddressRefused = watchPagePolicy();
  const phone = createSharedPhone({
    tabs: openBrowserTabs(options.userId, browserRandom.hex32(), reportToPage),
    pageLife: watchPageLife(),
    clock: browserClock,
    random: browserRandom,
    startPhone: () => startEngine(options, isAddressRefused),
    isOutcomeOptional: options.isOutcomeOptional ?? false,
    reportFault: reportToPage,
  });
  return {
    ...phone,
    get snapshot() {
      return phone.snapshot;
    },
    async close() {
      runningPhone = undefined;
      await phone.close();
    },
  };
}

/** Starts the phone in this tab, with what an earlier page or another tab left to it. */
async function startEngine(options: PhoneOptions, isAddressRefused: IsAddressRefused): Promise<LeadingPhone> {
  const reportFault = reportToPage;
  const audio = createBrowserAudio({ clock: browserClock, reportFault, talkMeterUrl: options.talkMeterUrl });
  const database = createPhoneDatabase(indexedDB);
  const { userId } = options;
  const leftCalls = userId === undefined ? undefined : createIndexedDbLeftCalls(database, userId);
  const parts: PhoneParts = {
    gateway: createSipGateway({ audio, clock: browserClock, reportFault, isAddressRefused }),
    relay: createRelayClient(options.relayUrl, isAddressRefused),
    store: createIndexedDbOutboxStore(database, reportFault),
    leftCalls,
    audio,
    media: createMediaChecks(reportFault),
    clock: browserClock,
    random: browserRandom,
    retryPolicy: doublingRetry,
    reportFault,
  };
  const phone = createPhone(options, parts, await readLeftCalls(leftCalls));
  const stopListening = onReturn(browserClock, phone.verify);
  return {
    ...phone,
    get snapshot() {
      return phone.snapshot;
    },
    abandon() {
      stopListening();
      phone.abandon();
      audio.end();
    },
    async close() {
      stopListening();
      await phone.close();
      audio.end();
    },
  };
}

/** A browser that stores nothing leaves nothing, and must not keep the phone from starting. */
async function readLeftCalls(store: LeftCallsStore | undefined): Promise<LeftCalls | undefined> {
  try {
    return await store?.read();
  } catch (error) {
    reportToPage(error);
    return undefined;
  }
}
