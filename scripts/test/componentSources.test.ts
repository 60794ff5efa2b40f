import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contractModuleText } from '../emitContract.ts';
import { componentJavaScript } from '../emitLwc.ts';
import { lwcPathsText } from '../lwcPaths.ts';

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));
const committed = (file: string) => readFileSync(join(projectDirectory, file), 'utf8');

describe('component sources', () => {
  it('have the contract of the relay', async () => {
    const text = await contractModuleText(projectDirectory);
    assert.equal(committed('force-app/main/shared/lwc/callContract/callContract.ts'), text);
    assert.doesNotMatch(text, /^import /mu);
    assert.doesNotMatch(text, /X-Scoreline-Permit/u);
  });

  it('are all known to the compiler by their component names', () => {
    assert.equal(committed('tsconfig.lwc-paths.json'), lwcPathsText(projectDirectory));
  });

  it('become JavaScript that keeps its decorators and finds its neighbours', () => {
    const source = `import { LightningElement, api } from 'lwc';
import type { Outcome } from 'c/callContract';
import { words } from './words.ts';
export default class Card extends LightningElement {
  @api outcome?: Outcome;
  private get text(): string { return words(this.outcome); }
}`;
    const script = componentJavaScript('card.ts', source);
    assert.match(script, /@api\s+outcome;/u);
    assert.match(script, /from ["']\.\/words\.js["']/u);
    assert.doesNotMatch(script, /import type|private|: string/u);
  });
});
