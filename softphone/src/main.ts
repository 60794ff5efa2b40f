import type { Phone, PhoneOptions } from '@scoreline/contract';
import { createBrowserAudio } from './browser/browserAudio.ts';
import { browserClock } from './browser/browserClock.ts';
import { watchPageLife } from './browser/browserPageLife.ts';
import { browserRandom } from './browser/browserRandom.ts';
import { openBrowserTabs } from './browser/browserTabs.ts';
import { createIndexedDbOutboxStore } from './browser/indexedDbOutboxStore.ts';
import { onNetworkBack } from './browser/networkSignals.ts';
import { createRelayClient } from './browser/relayClient.ts';
import { reportToPage } from './browser/reportFault.ts';
import { createPhone } from './engine/createPhone.ts';
import type { LeadingPhone } from './engine/leadingPhone.ts';
import { doublingRetry } from './engine/retryPolicy.ts';
import { createSharedPhone } from './engine/sharedPhone.ts';
import { createSipGateway } from './sip/sipGateway.ts';

/** The page's one phone. It outlasts the component that started it, so that a call survives navigation. */
let runningPhone: Phone | undefined;

/** Starts the page's phone, or returns the one that runs already. After its `close()` a new one may be started. */
export function startPhone(options: PhoneOptions): Phone {
  runningPhone ??= composePhone(options);
  return runningPhone;
}

function composePhone(options: PhoneOptions): Phone {
  const reportFault = reportToPage;
  const tabs =
    options.userId === undefined
      ? undefined
      : openBrowserTabs(options.userId, browserRandom.hex32(), reportFault);
  const phone: Phone =
    tabs === undefined
      ? startEngine(options)
      : createSharedPhone({
          tabs,
          pageLife: watchPageLife(),
          clock: browserClock,
          random: browserRandom,
          startPhone: () => Promise.resolve(startEngine(options)),
          reportFault,
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

/** Starts the phone in this tab. */
function startEngine(options: PhoneOptions): LeadingPhone {
  const reportFault = reportToPage;
  const audio = createBrowserAudio(reportFault);
  const phone = createPhone(options, {
    gateway: createSipGateway({ audio, clock: browserClock, reportFault }),
    relay: createRelayClient(options.relayUrl),
    store: createIndexedDbOutboxStore(indexedDB, reportFault),
    audio,
    clock: browserClock,
    random: browserRandom,
    retryPolicy: doublingRetry,
    reportFault,
  });
  const stopListening = onNetworkBack(phone.checkAgain);
  return {
    ...phone,
    get snapshot() {
      return phone.snapshot;
    },
    abandon() {
      stopListening();
      phone.abandon();
    },
    async close() {
      stopListening();
      await phone.close();
    },
  };
}
