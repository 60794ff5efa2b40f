import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const projectDirectory = join(import.meta.dirname, '..', '..');

/** Each plants one forbidden import and names the rule that must catch it. */
const VIOLATIONS: readonly { readonly rule: string; readonly from: string; readonly to: string }[] = [
  { rule: 'contract-imports-nothing', from: 'contract/src/a.ts', to: '../../scoring/src/b.ts' },
  { rule: 'contract-is-dependency-free', from: 'contract/src/a.ts', to: 'zod' },
  { rule: 'contract-is-dependency-free', from: 'contract/src/a.ts', to: './wire/b.ts' },
  { rule: 'scoring-imports-contract', from: 'scoring/src/a.ts', to: '../../server/src/database/b.ts' },
  { rule: 'scoring-is-pure', from: 'scoring/src/a.ts', to: 'node:fs' },
  { rule: 'phone-domain', from: 'softphone/src/domain/a.ts', to: '../ports/b.ts' },
  { rule: 'phone-ports', from: 'softphone/src/ports/a.ts', to: '../engine/b.ts' },
  { rule: 'phone-engine', from: 'softphone/src/engine/a.ts', to: '../sip/b.ts' },
  { rule: 'phone-sip', from: 'softphone/src/sip/a.ts', to: '../engine/b.ts' },
  { rule: 'phone-browser', from: 'softphone/src/browser/a.ts', to: '../sip/b.ts' },
  { rule: 'phone', from: 'softphone/src/main.ts', to: '../../server/src/calls/b.ts' },
  { rule: 'server', from: 'server/src/crm/index.ts', to: '../../../softphone/src/domain/b.ts' },
  { rule: 'server', from: 'server/src/main.ts', to: '../../sandbox/src/b.ts' },
  { rule: 'capability-by-its-index', from: 'server/src/crm/a.ts', to: '../calls/ledger.ts' },
  { rule: 'composition-enters-by-index', from: 'server/src/http/a.ts', to: '../calls/ledger.ts' },
  { rule: 'calls-know-nobody', from: 'server/src/calls/a.ts', to: '../crm/index.ts' },
  { rule: 'database-knows-no-capability', from: 'server/src/database/a.ts', to: '../calls/index.ts' },
  { rule: 'capability-knows-no-http', from: 'server/src/dialing/a.ts', to: '../http/b.ts' },
  { rule: 'sandbox', from: 'sandbox/src/a.ts', to: '../../server/src/main.ts' },
  { rule: 'sandbox', from: 'sandbox/src/a.ts', to: '../../softphone/src/main.ts' },
  {
    rule: 'lwc-stays-in-lwc',
    from: 'force-app/main/dialing/lwc/a/a.ts',
    to: '../../../../../contract/src/b.ts',
  },
  { rule: 'sip-js-owner', from: 'softphone/src/engine/a.ts', to: 'sip.js' },
  { rule: 'jsforce-owner', from: 'server/src/performance/a.ts', to: 'jsforce' },
  { rule: 'pg-owner', from: 'server/src/calls/a.ts', to: 'pg' },
  { rule: 'pg-owner', from: 'server/src/calls/a.ts', to: 'pg-boss' },
  { rule: 'express-owner', from: 'server/src/calls/a.ts', to: 'express' },
  { rule: 'no-unresolved', from: 'server/src/calls/a.ts', to: './missing.ts' },
  { rule: 'no-circular', from: 'server/src/calls/a.ts', to: './back.ts' },
];

/** Imports that the design allows; none may be reported. */
const ALLOWED: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'scoring/src/a.ts', to: '../../contract/src/b.ts' },
  { from: 'contract/src/wire/a.ts', to: 'zod' },
  { from: 'softphone/src/engine/a.ts', to: '../ports/b.ts' },
  { from: 'softphone/src/sip/a.ts', to: 'sip.js' },
  { from: 'server/src/crm/a.ts', to: '../calls/index.ts' },
  { from: 'server/src/http/a.ts', to: '../calls/index.ts' },
  { from: 'server/src/performance/a.ts', to: '../../../scoring/src/b.ts' },
  { from: 'server/src/crm/salesforce/a.ts', to: 'jsforce' },
  { from: 'server/src/database/a.ts', to: 'pg-boss' },
  { from: 'sandbox/src/pbx/a.ts', to: 'sip.js' },
];

describe('the import rules', () => {
  let root: string;
  let broken: readonly string[];

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'scoreline-imports-'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'tsconfig.lwc.json'])
      cpSync(join(projectDirectory, file), join(root, file));
    writeFileSync(join(root, 'tsconfig.lwc-paths.json'), '{"compilerOptions":{"paths":{}}}');
    mkdirSync(join(root, 'types'));
    writeFileSync(join(root, 'types', 'none.d.ts'), '');
    symlinkSync(join(projectDirectory, 'node_modules'), join(root, 'node_modules'));
    broken = rulesBroken(violatingSources());
  });

  after(() => rmSync(root, { recursive: true }));

  /** The rules broken by these sources, each with the file that breaks it. */
  function rulesBroken(planted: Readonly<Record<string, string>>): string[] {
    for (const [file, content] of Object.entries(planted)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), content);
    }
    const folders = ['contract', 'scoring', 'softphone', 'server', 'sandbox', 'force-app', 'scripts', 'e2e'];
    for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
    const { stdout, stderr } = spawnSync(
      join(projectDirectory, 'node_modules/.bin/depcruise'),
      [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    for (const folder of folders) rmSync(join(root, folder), { recursive: true });
    assert.notEqual(stdout, '', stderr);
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string }; from: string }[] };
    };
    return summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
  }

  for (const [index, { rule, from, to }] of VIOLATIONS.entries())
    it(`${rule}: ${from} may not import ${to}`, () => {
      assert.ok(broken.includes(`${rule} ${sourceOf(index)}`), broken.join('\n'));
    });

  it('leaves every allowed import alone', () => {
    const planted: Record<string, string> = {};
    for (const { from, to } of ALLOWED) {
      planted[from] = `${planted[from] ?? ''}import '${to}';\n`;
      if (to.startsWith('.')) planted[join(dirname(from), to)] ??= 'export {};\n';
    }
    assert.deepEqual(rulesBroken(planted), []);
  });
});

/** One file an import, so that a rule that is named can be broken by that import alone. */
function sourceOf(index: number): string {
  return VIOLATIONS[index]?.from.replace(/\/a\.ts$/u, `/a${index}.ts`) ?? '';
}

/** All forbidden imports in one tree: cruising it is what takes its time. */
function violatingSources(): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const [index, { to }] of VIOLATIONS.entries()) {
    assert.equal(sources[sourceOf(index)], undefined, `${sourceOf(index)} has an import already`);
    sources[sourceOf(index)] = `import '${to}';\n`;
  }
  for (const [index, { rule, to }] of VIOLATIONS.entries()) {
    if (!to.startsWith('.') || rule === 'no-unresolved') continue;
    const target = join(dirname(sourceOf(index)), to);
    if (rule === 'no-circular') sources[target] = `import './${basename(sourceOf(index))}';\n`;
    else sources[target] ??= 'export {};\n';
  }
  return sources;
}
