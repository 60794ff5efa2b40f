import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAppModel } from '../../../src/lightning/metadata/appModel.ts';
import { openProject } from '../../../src/lightning/metadata/project.ts';
import { writeSampleProject } from '../sampleProject.ts';

async function modelOf(more: Readonly<Record<string, string>> = {}) {
  const sample = await writeSampleProject(more);
  try {
    return readAppModel(openProject(sample.directory));
  } finally {
    await sample.remove();
  }
}

describe('the model of a Lightning app', () => {
  it('has the navigation items in their order', async () => {
    const { label, navigationItems } = await modelOf();
    assert.equal(label, 'Sample');
    assert.deepEqual(navigationItems, [
      { path: 'o/Contact/list', label: 'Contacts' },
      { path: 'n/Sample_Tab', label: 'Sample tab' },
    ]);
  });

  it('puts the inside of a tab set where the tab set stands', async () => {
    const { recordPages } = await modelOf();
    const names = Object.entries(recordPages['Contact'] ?? {}).map(([region, components]) => [
      region,
      components.map(({ componentName }) => componentName),
    ]);
    assert.deepEqual(Object.fromEntries(names), {
      header: ['force:highlightsPanel'],
      main: ['runtime_sales_activities:activityPanel', 'force:detailPanel'],
      sidebar: ['probe'],
    });
  });

  it('reads utilities with their defaults', async () => {
    const { utilityItems } = await modelOf();
    assert.deepEqual(utilityItems, [
      {
        key: 'listener',
        componentName: 'listener',
        properties: {},
        label: 'Listener',
        iconName: 'utility:call',
        widthPixels: 340,
        heightPixels: 480,
        eager: true,
      },
    ]);
  });

  it('reads a tab and its icon, and what permission sets grant', async () => {
    const { tabs, permissionSets } = await modelOf();
    assert.equal(tabs['Sample_Tab']?.iconName, 'custom:custom46');
    assert.deepEqual(permissionSets['Sample_User'], {
      customPermissions: ['May_Dial'],
      userPermissions: [],
      visibleTabs: ['Sample_Tab'],
    });
  });

  it('names a tab that is missing', async () => {
    const app = '<CustomApplication><label>Sample</label><tabs>Missing_Tab</tabs></CustomApplication>';
    await assert.rejects(modelOf({ 'applications/Sample.app-meta.xml': app }), /no tab Missing_Tab/u);
  });
});
