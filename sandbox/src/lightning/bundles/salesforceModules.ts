import { join } from 'node:path';
import { childElements, childText, readMetadata } from '../metadata/xml.ts';
import type { Project } from '../metadata/project.ts';

const APEX_FILE = join(import.meta.dirname, '../browser/platform/apex.ts');
const PERMISSIONS_FILE = join(import.meta.dirname, '../browser/platform/permissions.ts');

type Source = (name: string, project: Project) => string | undefined;

const defaultExport = (value: unknown) => `export default ${JSON.stringify(value)};`;

const apexMethod: Source = (name, project) => {
  const [className = '', methodName = ''] = name.split('.');
  return project.find('classes', `${className}.cls`) === undefined
    ? undefined
    : `import { apexMethod } from ${JSON.stringify(APEX_FILE)};
export default apexMethod(${JSON.stringify(className)}, ${JSON.stringify(methodName)});`;
};

const schema: Source = (name) => {
  const [objectApiName, ...path] = name.split('.');
  return defaultExport(
    path.length === 0 ? { objectApiName } : { objectApiName, fieldApiName: path.join('.') },
  );
};

const label: Source = (name, project) => {
  const wanted = name.replace(/^c\./u, '');
  for (const file of project.findAll('labels', '.labels-meta.xml')) {
    for (const entry of childElements(readMetadata(file, 'CustomLabels'), 'labels')) {
      if (childText(entry, 'fullName') === wanted) {
        return defaultExport(childText(entry, 'value') ?? '');
      }
    }
  }
  return undefined;
};

const messageChannel: Source = (name, project) => {
  const file = project.find('messageChannels', `${name.replace(/__c$/u, '')}.messageChannel-meta.xml`);
  return name.endsWith('__c') && file !== undefined ? defaultExport({ channelName: name }) : undefined;
};

const resourceUrl: Source = (name, project) =>
  project.find('staticresources', `${name}.resource-meta.xml`) === undefined
    ? undefined
    : defaultExport(`/lightning/resources/${name}`);

const permission = (exportName: string): Source => {
  return (name) => `import { ${exportName} } from ${JSON.stringify(PERMISSIONS_FILE)};
export default ${exportName}(${JSON.stringify(name)});`;
};

const SOURCES: Readonly<Record<string, Source>> = {
  '@salesforce/apex/': apexMethod,
  '@salesforce/schema/': schema,
  '@salesforce/label/': label,
  '@salesforce/messageChannel/': messageChannel,
  '@salesforce/resourceUrl/': resourceUrl,
  '@salesforce/customPermission/': permission('hasCustomPermission'),
  '@salesforce/userPermission/': permission('hasUserPermission'),
};

/**
 * The source of a module that Salesforce makes up from an org's metadata, e.g. `@salesforce/apex/RelaySession.createToken`.
 * @returns undefined when the project has no such class, label, channel or resource
 */
export function salesforceModuleSource(name: string, project: Project): string | undefined {
  if (name === '@salesforce/apex') {
    return `export { getSObjectValue, refreshApex } from ${JSON.stringify(APEX_FILE)};`;
  }
  if (name === '@salesforce/client/formFactor') {
    return defaultExport('Large');
  }
  const prefix = Object.keys(SOURCES).find((candidate) => name.startsWith(candidate));
  return prefix === undefined ? undefined : SOURCES[prefix]?.(name.slice(prefix.length), project);
}
