import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { componentBundle } from '../../../src/lightning/bundles/componentBundle.ts';
import { platformBundle } from '../../../src/lightning/bundles/platformBundle.ts';
import { openProject } from '../../../src/lightning/metadata/project.ts';
import { writeSampleProject } from '../sampleProject.ts';

const fail = () => assert.fail('no warning expected');

async function bundle(more: Readonly<Record<string, string>> = {}) {
  const sample = await writeSampleProject(more);
  try {
    const project = openProject(sample.directory);
    const components = await componentBundle(project, fail);
    return { components, platform: await platformBundle(project, components) };
  } finally {
    await sample.remove();
  }
}

const usingScript = (source: string) =>
  bundle({
    'lwc/user/user.js': `import { LightningElement } from 'lwc';\n${source}\nexport default class User extends LightningElement {}`,
    'lwc/user/user.html': '<template></template>',
  });

describe('bundling the components of a project', () => {
  it('compiles TypeScript with decorators and leaves platform modules outside', async () => {
    const { components, platform } = await bundle();
    assert.match(components.code, /registerDecorators\(Probe/u);
    assert.deepEqual(components.imports.get('@salesforce/apex/Sample.read'), ['default']);
    assert.ok(components.imports.get('lightning/button')?.includes('default'));
    assert.match(platform, /"@salesforce\/apex\/Sample\.read": module\d+/u);
  });

  it('names an unknown component and the template that uses it', async () => {
    const attempt = bundle({
      'lwc/tabContent/tabContent.html': '<template><c-nowhere></c-nowhere></template>',
    });
    await assert.rejects(
      attempt,
      /c\/nowhere, used by force-app\/main\/sample\/lwc\/tabContent\/tabContent\.html, is no component/u,
    );
  });

  it('names a base component that the page does not have', async () => {
    const markup = '<template><lightning-record-form></lightning-record-form></template>';
    await assert.rejects(
      bundle({ 'lwc/tabContent/tabContent.html': markup }),
      /lightning\/recordForm.*not offered/u,
    );
  });

  it('refuses an Apex class, label, channel and resource that the project lacks', async () => {
    for (const name of ['apex/Other.read', 'label/c.Other', 'messageChannel/Other__c', 'resourceUrl/other']) {
      await assert.rejects(
        usingScript(`import value from '@salesforce/${name}'; globalThis.value = value;`),
        new RegExp(`@salesforce/${name.replace('.', '\\.')}, used by .*user\\.js, is not offered`, 'u'),
      );
    }
  });

  it('names what a platform module of the page does not export', async () => {
    await assert.rejects(
      usingScript("import { getRecordUi } from 'lightning/uiRecordApi'; globalThis.value = getRecordUi;"),
      /does not offer getRecordUi of lightning\/uiRecordApi/u,
    );
  });
});
