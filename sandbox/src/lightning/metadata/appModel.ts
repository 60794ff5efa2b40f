import { basename } from 'node:path';
import type { AppModel, NavigationItem, PlacedComponent, TabPage, UtilityItem } from '../environmentTypes.ts';
import { readFlexiPage } from './flexiPage.ts';
import type { Project } from './project.ts';
import { childElements, childText, childTexts, readMetadata } from './xml.ts';
import type { XmlElement } from './xml.ts';

const UTILITY_WIDTH_PIXELS = 340;
const UTILITY_HEIGHT_PIXELS = 480;

/** Standard tabs that the local page has, by the name an app gives them. */
const STANDARD_TABS: Readonly<Record<string, NavigationItem>> = {
  'standard-Contact': { path: 'o/Contact/list', label: 'Contacts' },
};

function flexiPageFile(project: Project, name: string): string {
  const file = project.find('flexipages', `${name}.flexipage-meta.xml`);
  if (file === undefined) {
    throw new Error(`The project has no flexipage ${name}`);
  }
  return file;
}

function readTab(project: Project, name: string): TabPage {
  const file = project.find('tabs', `${name}.tab-meta.xml`);
  if (file === undefined) {
    throw new Error(`The project has no tab ${name}`);
  }
  const tab = readMetadata(file, 'CustomTab');
  const component = childText(tab, 'lwcComponent');
  const page = childText(tab, 'flexiPage');
  const components: readonly PlacedComponent[] =
    component !== undefined
      ? [{ key: component, componentName: component.replace(/^c[:/]/u, ''), properties: {} }]
      : page === undefined
        ? []
        : [...readFlexiPage(flexiPageFile(project, page)).values()].flat();
  // A tab's motif, e.g. `Custom20: Airplane`, names its icon.
  const motif = /^Custom(\d+)/u.exec(childText(tab, 'motif') ?? '')?.[1];
  const iconName = motif === undefined ? 'standard:report' : `custom:custom${motif}`;
  return { label: childText(tab, 'label') ?? name, iconName, components };
}

function readUtilities(project: Project, name: string | undefined): UtilityItem[] {
  if (name === undefined) {
    return [];
  }
  const placed = readFlexiPage(flexiPageFile(project, name)).get('utilityItems') ?? [];
  return placed.map(({ decorators, ...component }) => ({
    ...component,
    label: decorators['label'] ?? component.componentName,
    iconName: `utility:${decorators['icon'] ?? 'apps'}`,
    widthPixels: Number(decorators['width'] ?? UTILITY_WIDTH_PIXELS),
    heightPixels: Number(decorators['height'] ?? UTILITY_HEIGHT_PIXELS),
    eager: decorators['eager'] === 'true',
  }));
}

function readRecordPages(project: Project): AppModel['recordPages'] {
  const pages: Record<string, Record<string, readonly PlacedComponent[]>> = {};
  for (const file of project.findAll('flexipages', '.flexipage-meta.xml')) {
    const page = readMetadata(file, 'FlexiPage');
    const objectName = childText(page, 'sobjectType');
    if (childText(page, 'type') === 'RecordPage' && objectName !== undefined) {
      pages[objectName] = Object.fromEntries(readFlexiPage(file));
    }
  }
  return pages;
}

function readPermissionSets(project: Project): AppModel['permissionSets'] {
  return Object.fromEntries(
    project
      .findAll('permissionsets', '.permissionset-meta.xml')
      .map((file) => [
        basename(file, '.permissionset-meta.xml'),
        readPermissionSet(readMetadata(file, 'PermissionSet')),
      ]),
  );
}

function readPermissionSet(permissionSet: XmlElement): AppModel['permissionSets'][string] {
  const enabled = (list: string) =>
    childElements(permissionSet, list)
      .filter((entry) => childText(entry, 'enabled') === 'true')
      .map((entry) => childText(entry, 'name') ?? '');
  return {
    customPermissions: enabled('customPermissions'),
    userPermissions: enabled('userPermissions'),
    visibleTabs: childElements(permissionSet, 'tabSettings')
      .filter((entry) => childText(entry, 'visibility') === 'Visible')
      .map((entry) => childText(entry, 'tab') ?? ''),
  };
}

/**
 * Reads the project's Lightning app: what the navigation bar, the record pages, the tabs and the utility bar hold.
 * @throws when the project has no app, or one that names a tab or page that is missing
 */
export function readAppModel(project: Project): AppModel {
  const [file] = project.findAll('applications', '.app-meta.xml');
  if (file === undefined) {
    throw new Error('The project has no Lightning app under force-app/main/*/applications');
  }
  const app = readMetadata(file, 'CustomApplication');
  const tabNames = childTexts(app, 'tabs');
  const ownTabs = tabNames.filter((name) => !name.startsWith('standard-'));
  const tabs = Object.fromEntries(ownTabs.map((name) => [name, readTab(project, name)]));
  const navigationItems = tabNames.flatMap((name): NavigationItem[] => {
    const tab = tabs[name];
    const standard = STANDARD_TABS[name];
    if (tab !== undefined) {
      return [{ path: `n/${name}`, label: tab.label }];
    }
    return standard === undefined ? [] : [standard];
  });
  return {
    label: childText(app, 'label') ?? basename(file),
    navigationItems,
    tabs,
    recordPages: readRecordPages(project),
    utilityItems: readUtilities(project, childText(app, 'utilityBar')),
    permissionSets: readPermissionSets(project),
  };
}
