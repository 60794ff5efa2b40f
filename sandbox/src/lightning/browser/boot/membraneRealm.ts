import nearMembrane from '@locker/near-membrane-dom/index.js';
import type { ComponentRealm } from './componentRealm.ts';
import type { BundleFactory } from './moduleRegistry.ts';

// The package's file is an ES module, but its types are read as those of a CommonJS one.
const createVirtualEnvironment = nearMembrane as unknown as typeof nearMembrane.default;

declare global {
  /** Set on the page (never inside) while components run in a membrane. */
  var __scorelineMembrane: true | undefined;
  /** Evaluates a text inside the membrane, so that a test can compare its globals with the page's. */
  var __scorelineEvaluateInMembrane: ((text: string) => unknown) | undefined;
}

/** LWC's engine marks component instances so: what a component sets on itself is meant for the engine's eyes too. */
const LIVE_VALUE = Symbol.for('@@lockerLiveValue');

/**
 * Which objects of the page the inside may change in place; of all others it changes a copy of its own. As in Lightning
 * Web Security: component instances, and the objects of the DOM whose properties are made by being set.
 */
function isLive(target: object): boolean {
  return (
    Object.hasOwn(target, LIVE_VALUE) ||
    target instanceof CSSStyleDeclaration ||
    target instanceof DOMStringMap
  );
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`The script ${url} could not be loaded`);
  }
  return response.text();
}

/**
 * A realm of its own behind a membrane, made as Lightning Web Security makes its sandboxes: components and the scripts
 * they load get the page's DOM through proxies, and global objects of their own.
 */
export function createMembraneRealm(page: Window & typeof globalThis, bundleUrl: string): ComponentRealm {
  const membrane = createVirtualEnvironment(page, { liveTargetCallback: isLive });
  page.__scorelineMembrane = true;
  page.__scorelineEvaluateInMembrane = (text) => membrane.evaluate(text) as unknown;
  return {
    async loadBundle() {
      return membrane.evaluate(`${await textOf(bundleUrl)}\n//# sourceURL=${bundleUrl}`) as BundleFactory;
    },
    async runScript(url) {
      // Strict as on the platform, where a top-level `var` or `const` of a script stays invisible to components.
      membrane.evaluate(`'use strict';\n${await textOf(url)}\n//# sourceURL=${url}`);
    },
  };
}
