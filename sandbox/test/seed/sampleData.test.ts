import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';

import { forget, isSeeded, markSeeded } from '../../src/seed/sampleData.ts';

let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scoreline-sample-'));
});
beforeEach(() => forget(folder));
after(() => rm(folder, { recursive: true, force: true }));

describe('a data folder', () => {
  test('holds no sample until one is complete', async () => {
    assert.equal(await isSeeded(folder, 'small'), false);
    await markSeeded(folder, 'small');
    assert.equal(await isSeeded(folder, 'small'), true);
  });

  test('keeps the sample that it has when the other is asked for', async () => {
    await markSeeded(folder, 'large');
    await assert.rejects(isSeeded(folder, 'small'), /holds the large sample company.*--reset/u);
    assert.equal(await isSeeded(folder, 'large'), true);
  });

  test('whose mark names none holds the small one, as folders did before there were two', async () => {
    await writeFile(join(folder, 'seeded'), '');
    assert.equal(await isSeeded(folder, 'small'), true);
  });
});
