import type { AppModel, Session, SignedInUser } from '../../environmentTypes.ts';
import type {} from '../platform/environment.ts';
import type * as MembraneRealm from './membraneRealm.ts';
import { createPageRealm } from './componentRealm.ts';
import type { ComponentRealm } from './componentRealm.ts';
import { createModuleRegistry } from './moduleRegistry.ts';
import type { BundleFactory, ModuleRegistry } from './moduleRegistry.ts';
import { createSessionStore } from './sessionStore.ts';
import type { SessionStore } from './sessionStore.ts';
import { SessionEndedError, readSignedInUser } from './signedInUser.ts';

const API_VERSION = '66.0';
const DEFAULT_LOCALE = 'en-US';
const MEMBRANE_PARAMETER = 'membrane';

/** Addresses that the page's markup names, because they carry a version. */
interface AssetAddresses {
  readonly app: string;
  readonly vendor: string;
  readonly platform: string;
  readonly components: string;
  readonly membraneComponents: string;
  readonly membrane: string;
}

async function importFactory(url: string): Promise<BundleFactory> {
  return ((await import(url)) as { default: BundleFactory }).default;
}

function isInMembrane(): boolean {
  return new URLSearchParams(location.search).get(MEMBRANE_PARAMETER) === '1';
}

async function createRealm(assets: AssetAddresses): Promise<ComponentRealm> {
  if (!isInMembrane()) {
    return createPageRealm(assets.components);
  }
  const { createMembraneRealm } = (await import(assets.membrane)) as typeof MembraneRealm;
  return createMembraneRealm(window, assets.membraneComponents);
}

/** Who is signed in; a session that the org no longer takes is forgotten. */
async function resumeSession(
  store: SessionStore,
  app: AppModel,
): Promise<{ session: Session; user: SignedInUser } | undefined> {
  const session = store.read();
  if (session === undefined) {
    return undefined;
  }
  try {
    return { session, user: await readSignedInUser(session, app, API_VERSION) };
  } catch (error) {
    if (!(error instanceof SessionEndedError)) {
      throw error;
    }
    store.clear(error.message);
    return undefined;
  }
}

function provideUserModules(registry: ModuleRegistry, user: SignedInUser | undefined): void {
  const browserTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  registry.provide('@salesforce/i18n/locale', { default: user?.locale ?? DEFAULT_LOCALE });
  registry.provide('@salesforce/i18n/timeZone', { default: user?.timeZone ?? browserTimeZone });
  registry.provide('@salesforce/user/Id', { default: user?.userId });
  registry.provide('@salesforce/user/isGuest', { default: false });
}

function showShell(registry: ModuleRegistry): void {
  const { createElement } = registry.require('lwc') as {
    createElement: (name: string, options: { is: unknown }) => HTMLElement;
  };
  const root = createElement('shell-app', { is: registry.require('shell/app').default });
  document.querySelector('#starting')?.replaceWith(root);
}

async function start(assets: AssetAddresses): Promise<void> {
  const store = createSessionStore(sessionStorage);
  const registry = createModuleRegistry();
  // Built by the server that sent this very script.
  const app = (await (await fetch(assets.app)).json()) as AppModel;
  const resumed = await resumeSession(store, app);
  provideUserModules(registry, resumed?.user);
  // Synthetic shadow, in this bundle, has to patch the DOM before a membrane looks at it.
  registry.load(await importFactory(assets.vendor));
  const realm = await createRealm(assets);
  globalThis.scorelineEnvironment = {
    app,
    apiVersion: API_VERSION,
    session: resumed?.session,
    user: resumed?.user,
    signedOutReason: store.takeReason(),
    signIn(session) {
      store.keep(session);
      location.reload();
    },
    signOut(reason) {
      store.clear(reason);
      location.reload();
    },
    componentClass: (name) => registry.require(`c/${name}`).default,
    runScript: (url) => realm.runScript(url),
    keptParameters: new URLSearchParams(isInMembrane() ? { [MEMBRANE_PARAMETER]: '1' } : {}),
  };
  registry.load(await importFactory(assets.platform));
  if (resumed !== undefined) {
    registry.load(await realm.loadBundle());
  }
  showShell(registry);
}

const { dataset } = document.documentElement;
start(JSON.parse(dataset['assets'] ?? '{}') as AssetAddresses).catch((error: unknown) => {
  const starting = document.querySelector('#starting');
  if (starting !== null) {
    starting.setAttribute('role', 'alert');
    starting.textContent = `The page could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
});
