import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { replacedModules, standInFor } from '../softphoneBundle/sipStandIns.ts';
import { slimModule } from '../softphoneBundle/slimModule.ts';
import { withoutErrorWords, withoutLogStatements } from '../softphoneBundle/withoutLog.ts';

const root = join(import.meta.dirname, '..', '..');
const sipLibrary = join(root, 'node_modules/sip.js/lib');

describe("the phone's download", () => {
  it('replaces modules that SIP.js has, by what exports their names', () => {
    for (const module of replacedModules()) {
      assert.ok(existsSync(join(sipLibrary, module)), module);
      const names = /export (?:class|const|var) (\w+)/u.exec(readFileSync(join(sipLibrary, module), 'utf8'));
      assert.match(standInFor(module) ?? '', new RegExp(`export .*\\b${names?.[1] ?? '?'}\\b`, 'u'), module);
    }
  });

  it('throws where the phone makes what is left out', async () => {
    const text = standInFor('core/user-agents/subscribe-user-agent-client.js') ?? '';
    const { SubscribeUserAgentClient } = (await import(
      `data:text/javascript,${encodeURIComponent(text)}`
    )) as {
      SubscribeUserAgentClient: new () => object;
    };
    assert.throws(() => new SubscribeUserAgentClient(), /left out of the phone/u);
  });

  it('leaves out log statements over several lines, and keeps the branch they stood in', () => {
    const source = 'if (a)\n  this.logger.warn(`x ${b.toString()}` +\n    "y");\nelse act();';
    assert.equal(withoutLogStatements(source), 'if (a)\n  ;\nelse act();');
  });

  it('refuses to leave out a log statement that does something else as well', () => {
    assert.throws(() => withoutLogStatements('this.logger.log(send());'), /effect/u);
  });

  it('leaves out the words of errors, and nothing that is computed', () => {
    const source =
      'throw new Error("No " + a.b); throw new Error(`x ${c}`); throw new Error(read()); new E("x");';
    assert.equal(
      withoutErrorWords(source),
      'throw new Error(); throw new Error(); throw new Error(read()); new E("x");',
    );
  });

  it('has every row of the error table, without its texts', () => {
    for (const file of ['errors.ts', 'callErrors.ts', 'listErrors.ts', 'soundErrors.ts']) {
      const path = join(root, 'contract/src', file);
      const source = readFileSync(path, 'utf8');
      const slim = slimModule(path, source);
      assert.equal(slim.match(/'SC-\d+'/gu)?.length, source.match(/'SC-\d+'/gu)?.length);
      assert.doesNotMatch(slim.slice(slim.indexOf('ERRORS = {'), slim.indexOf('} as const')), /'\w+ \w+ \w/u);
    }
  });

  it("passes the tests of the phone's SIP with the slim modules", () => {
    // Those two compare a replaced module with SIP.js's own.
    const tests = globSync('softphone/test/sip/!(md5|sipGrammar).test.ts', { cwd: root });
    assert.ok(tests.length > 3);
    const hooks = join(root, 'scripts/softphoneBundle/slimHooks.ts');
    const run = spawnSync(
      process.execPath,
      // One process for all of them: the slim modules are made once.
      ['--import', hooks, '--test', '--test-isolation=none', '--test-force-exit', ...tests],
      { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: undefined } },
    );
    assert.equal(run.status, 0, run.stdout);
    assert.match(run.stdout, /pass [1-9]/u);
  });
});
