import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { bootBundle } from './bundles/bootBundle.ts';
import { componentBundle } from './bundles/componentBundle.ts';
import { locateLwcPackages } from './bundles/lwcPackages.ts';
import { factoryExpression, factoryModule } from './bundles/moduleFactory.ts';
import { platformBundle } from './bundles/platformBundle.ts';
import { vendorBundle } from './bundles/vendorBundle.ts';
import { readAppModel } from './metadata/appModel.ts';
import { openProject } from './metadata/project.ts';
import type { Project } from './metadata/project.ts';
import { contentSecurityPolicy } from './page/contentSecurityPolicy.ts';
import { faultDocument } from './page/faultDocument.ts';
import { pageDocument } from './page/pageDocument.ts';

const ASSETS = '/lightning/assets';
const SLDS_STYLESHEET = `${ASSETS}/slds/assets/styles/salesforce-lightning-design-system.min.css`;
const FAULT_STYLES = join(import.meta.dirname, 'page', 'faultPage.css');
const SHELL_DIRECTORY = join(import.meta.dirname, 'shell');

export interface LightningOptions {
  /** Holds `force-app`. */
  readonly projectDirectory: string;
  /** Keeps the bundle that changes only with the installed packages. */
  readonly cacheDirectory: string;
  /** Where the page and the org are served, e.g. `http://localhost:3000`. */
  readonly instanceUrl: string;
  /** Origins besides the page's own that components may connect to: the relay and the switch. */
  readonly connectSources: readonly string[];
  /** Origins whose sound the page may play: the switch, which keeps the messages of callers. */
  readonly mediaSources: readonly string[];
  readonly onProgress: (text: string) => void;
}

export interface Lightning {
  readonly router: express.Router;
  close(): Promise<void>;
}

/** Texts the page loads, by file name. */
async function buildAssets(
  project: Project,
  onProgress: (text: string) => void,
): Promise<Map<string, string>> {
  onProgress('bundling the components');
  const components = await componentBundle(project, ({ message }) => onProgress(`warning: ${message}`));
  const [platform, boot] = await Promise.all([platformBundle(project, components), bootBundle()]);
  return new Map([
    ['app.json', JSON.stringify(readAppModel(project))],
    ['components.js', factoryModule(components.code)],
    ['membrane-components.js', factoryExpression(components.code)],
    ['platform.js', platform],
    ...[...boot].map(([name, text]) => [`${name}.js`, text] as const),
  ]);
}

/** Addresses change with the content, so that a browser never runs an old bundle with a new one. */
function addressesOf(assets: ReadonlyMap<string, string>): (name: string) => string {
  const hash = createHash('sha256');
  for (const text of assets.values()) {
    hash.update(text);
  }
  const version = hash.digest('hex').slice(0, 12);
  return (name) => `${ASSETS}/${version}/${name}`;
}

function serveAssets(
  router: express.Router,
  assets: ReadonlyMap<string, string>,
  designSystemDirectory: string,
  vendorFile: string,
): void {
  const unchanging = { immutable: true, maxAge: '365d' } as const;
  router.get(`${ASSETS}/vendor/:file`, (_request, response) => response.sendFile(vendorFile, unchanging));
  router.use(
    `${ASSETS}/slds/assets`,
    express.static(join(designSystemDirectory, 'assets'), { ...unchanging, fallthrough: false }),
  );
  router.get(`${ASSETS}/shell.css`, (_request, response) =>
    response.sendFile(join(SHELL_DIRECTORY, 'shell.css')),
  );
  router.get(`${ASSETS}/:version/:name`, (request, response) => {
    const text = assets.get(request.params.name);
    if (text === undefined) {
      response.sendStatus(404);
      return;
    }
    response
      .set('cache-control', 'public, max-age=31536000, immutable')
      .type(request.params.name.endsWith('.json') ? 'json' : 'text/javascript')
      .send(text);
  });
}

function serveStaticResources(router: express.Router, project: Project): void {
  router.get('/lightning/resources/:name', (request, response) => {
    const { name } = request.params;
    const description = project.find('staticresources', `${name}.resource-meta.xml`);
    const file = description?.replace(/\.resource-meta\.xml$/u, '.js');
    if (file === undefined || !existsSync(file)) {
      response.sendStatus(404);
      return;
    }
    response.sendFile(file, { cacheControl: false, headers: { 'cache-control': 'no-cache' } });
  });
}

function servePage(
  router: express.Router,
  options: LightningOptions,
  title: string,
  address: (name: string) => string,
  vendorFile: string,
): void {
  const markup = pageDocument(title, {
    boot: address('boot.js'),
    app: address('app.json'),
    vendor: `${ASSETS}/vendor/${vendorFile.split('/').at(-1)}`,
    platform: address('platform.js'),
    components: address('components.js'),
    membraneComponents: address('membrane-components.js'),
    membrane: address('membraneRealm.js'),
    stylesheet: SLDS_STYLESHEET,
    shellStylesheet: `${ASSETS}/shell.css`,
  });
  const { host } = new URL(options.instanceUrl);
  router.get('/', (_request, response) => response.redirect('/lightning'));
  router.get(['/lightning', '/lightning/{*path}'], (request, response) => {
    if (request.headers.host !== host) {
      // The relay answers the page's own origin only, so that `127.0.0.1` in place of `localhost` would not do.
      response.redirect(new URL(request.originalUrl, options.instanceUrl).href);
      return;
    }
    response
      .set('content-security-policy', contentSecurityPolicy(options, request.query['membrane'] === '1'))
      .set('cache-control', 'no-cache')
      .type('html')
      .send(markup);
  });
}

/** The page that lets the org fail, at `/sandbox/faults/page`. */
function serveFaultPage(router: express.Router, address: (name: string) => string): void {
  const stylesheet = `${ASSETS}/faultPage.css`;
  const markup = faultDocument({
    script: address('faultPage.js'),
    stylesheets: [SLDS_STYLESHEET, `${ASSETS}/shell.css`, stylesheet],
  });
  router.get(stylesheet, (_request, response) => response.sendFile(FAULT_STYLES));
  router.get('/sandbox/faults/page', (_request, response) => {
    response
      .set('content-security-policy', contentSecurityPolicy({ connectSources: [], mediaSources: [] }, false))
      .set('cache-control', 'no-cache')
      .type('html')
      .send(markup);
  });
}

/**
 * Builds the Lightning page out of the project's own components and serves it: the page under `/lightning`, its files
 * under `/lightning/assets`, the project's static resources under `/lightning/resources`; and the page of faults.
 * @throws when a component does not compile, or uses something the page does not offer
 */
export async function createLightning(options: LightningOptions): Promise<Lightning> {
  const packages = locateLwcPackages();
  const project = openProject(options.projectDirectory);
  const vendorFile = await vendorBundle({ ...options, packages });
  const assets = await buildAssets(project, options.onProgress);
  const router = express.Router();
  serveAssets(router, assets, packages.designSystemDirectory, vendorFile);
  serveStaticResources(router, project);
  const { label } = readAppModel(project);
  const address = addressesOf(assets);
  serveFaultPage(router, address);
  servePage(router, options, label, address, vendorFile);
  return { router, close: () => Promise.resolve() };
}
