import type { Phone, PhoneOptions } from '@scoreline/contract';
import { createBrowserAudio } from './browser/browserAudio.ts';
import { browserClock } from './browser/browserClock.ts';
import { browserRandom } from './browser/browserRandom.ts';
import { createIndexedDbOutboxStore } from './browser/indexedDbOutboxStore.ts';
import { onNetworkBack } from './browser/networkSignals.ts';
import { watchPagePolicy } from './browser/pagePolicy.ts';
import { createRelayClient } from './browser/relayClient.ts';
import { reportToPage } from './browser/reportFault.ts';
import { createPhone } from './engine/createPhone.ts';
import { doublingRetry } from './engine/retryPolicy.ts';
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
  const reportFault = reportToPage;
  const isAddressRefused = watchPagePolicy();
  const audio = createBrowserAudio({ clock: browserClock, reportFault, talkMeterUrl: options.talkMeterUrl });
  const phone = createPhone(options, {
    gateway: createSipGateway({ audio, clock: browserClock, reportFault, isAddressRefused }),
    relay: createRelayClient(options.relayUrl, isAddressRefused),
    store: createIndexedDbOutboxStore(indexedDB, reportFault),
    audio,
    media: createMediaChecks(reportFault),
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
    async close() {
      stopListening();
      runningPhone = undefined;
      await phone.close();
      audio.end();
    },
  };
}
