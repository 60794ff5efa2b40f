import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SampleProject {
  readonly directory: string;
  remove(): Promise<void>;
}

const xml = (root: string, body: string) =>
  `<?xml version="1.0" encoding="UTF-8" ?><${root} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${root}>`;

const region = (name: string, components: readonly string[], type = 'Region') =>
  `<flexiPageRegions>${components
    .map((component) => `<itemInstances><componentInstance>${component}</componentInstance></itemInstances>`)
    .join('')}<name>${name}</name><type>${type}</type></flexiPageRegions>`;

const property = (name: string, value: string, type = '') =>
  `<componentInstanceProperties><name>${name}</name>${type}<value>${value}</value></componentInstanceProperties>`;

const DECORATOR = '<type>decorator</type>';

/** A record page's component that uses each of the platform's modules and shows what came of it. */
const PROBE = `
import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import { gql, graphql } from 'lightning/graphql';
import { MessageContext, publish } from 'lightning/messageService';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { RefreshEvent } from 'lightning/refresh';
import NAME from '@salesforce/schema/Contact.Name';
import channel from '@salesforce/messageChannel/Sample__c';
import greeting from '@salesforce/label/c.Greeting';
import timeZone from '@salesforce/i18n/timeZone';
import userId from '@salesforce/user/Id';
import mayDial from '@salesforce/customPermission/May_Dial';
import mayFly from '@salesforce/customPermission/May_Fly';
import readSample, { } from '@salesforce/apex/Sample.read';
import { refreshApex } from '@salesforce/apex';

export default class Probe extends NavigationMixin(LightningElement) {
  @api recordId: string;
  @api size: string;
  @wire(getRecord, { recordId: '$recordId', fields: [NAME] }) record: { data?: unknown };
  @wire(graphql, { query: gql\`query Q($id: ID) { uiapi { x(id: $id) } }\`, variables: '$variables' })
  answer: { data?: { echo: unknown }; errors?: unknown };
  @wire(readSample, { recordId: '$recordId' }) apex: { data?: string };
  @wire(CurrentPageReference) page: { attributes: Record<string, string> } | undefined;
  @wire(MessageContext) messageContext: object;

  get variables() {
    return { id: this.recordId };
  }

  get facts() {
    return JSON.stringify({
      name: getFieldValue(this.record.data as never, NAME),
      variables: (this.answer.data?.echo as { variables?: unknown } | undefined)?.variables,
      apex: this.apex.data,
      pageRecord: this.page?.attributes.recordId,
      greeting, timeZone, userId, mayDial, mayFly, size: this.size,
    });
  }

  handlePublish() {
    publish(this.messageContext, channel, { text: 'hello', when: new Date(0) });
  }

  handleToast() {
    this.dispatchEvent(new ShowToastEvent({ title: 'Saved', message: 'Logged on {0}', messageData: ['Ana'] }));
  }

  async handleRefresh() {
    this.dispatchEvent(new RefreshEvent());
    await refreshApex(this.apex);
  }

  handleNavigate() {
    this[NavigationMixin.Navigate]({ type: 'standard__navItemPage', attributes: { apiName: 'Sample_Tab' } });
  }
}
`;

const PROBE_MARKUP = `<template>
  <lightning-card title="Probe"><p class="facts">{facts}</p>
    <lightning-button label="Publish" onclick={handlePublish}></lightning-button>
    <lightning-button label="Toast" onclick={handleToast}></lightning-button>
    <lightning-button label="Refresh" onclick={handleRefresh}></lightning-button>
    <lightning-button label="Navigate" onclick={handleNavigate}></lightning-button>
    <lightning-input label="Search" type="search"></lightning-input>
  </lightning-card>
</template>`;

/** A utility that listens, loads a script and changes its item. */
const LISTENER = `
import { LightningElement, wire } from 'lwc';
import { APPLICATION_SCOPE, MessageContext, subscribe } from 'lightning/messageService';
import { EnclosingUtilityId, open, updateUtility } from 'lightning/platformUtilityBarApi';
import { loadScript } from 'lightning/platformResourceLoader';
import channel from '@salesforce/messageChannel/Sample__c';
import script from '@salesforce/resourceUrl/sampleScript';

export default class Listener extends LightningElement {
  @wire(EnclosingUtilityId) utilityId: string;
  @wire(MessageContext) messageContext: object;
  heard = 'nothing';
  loaded = 'no script';

  async connectedCallback() {
    subscribe(this.messageContext, channel, (message) => this.hear(message), { scope: APPLICATION_SCOPE });
    await loadScript(this, script);
    this.loaded = globalThis.SampleScript.name;
    this.template.querySelector('p').style.color = 'rgb(1, 2, 3)';
  }

  async hear(message) {
    this.heard = JSON.stringify(message);
    await updateUtility(this.utilityId, { label: 'Heard', icon: 'check', highlighted: true });
    await open(this.utilityId, { autoFocus: false });
  }
}
`;

const FILES: Readonly<Record<string, string>> = {
  'applications/Sample.app-meta.xml': xml(
    'CustomApplication',
    '<label>Sample</label><tabs>standard-Contact</tabs><tabs>Sample_Tab</tabs><utilityBar>Sample_Utilities</utilityBar>',
  ),
  'tabs/Sample_Tab.tab-meta.xml': xml(
    'CustomTab',
    '<label>Sample tab</label><lwcComponent>tabContent</lwcComponent><motif>Custom46: Postage</motif>',
  ),
  'flexipages/Sample_Utilities.flexipage-meta.xml': xml(
    'FlexiPage',
    region('utilityItems', [
      `${property('eager', 'true', DECORATOR)}${property('label', 'Listener', DECORATOR)}${property('icon', 'call', DECORATOR)}<componentName>listener</componentName><identifier>listener</identifier>`,
    ]),
  ),
  'flexipages/Sample_Contact.flexipage-meta.xml': xml(
    'FlexiPage',
    `${region('header', ['<componentName>force:highlightsPanel</componentName><identifier>head</identifier>'])}
     ${region('main', [`${property('body', 'Facet-1')}<componentName>flexipage:tabset</componentName><identifier>tabs</identifier>`])}
     ${region('Facet-1', ['<componentName>runtime_sales_activities:activityPanel</componentName><identifier>activity</identifier>', '<componentName>force:detailPanel</componentName><identifier>details</identifier>'], 'Facet')}
     ${region('sidebar', [`${property('size', 'large')}<componentName>c:probe</componentName><identifier>probe</identifier>`])}
     <sobjectType>Contact</sobjectType><type>RecordPage</type>`,
  ),
  'permissionsets/Sample_User.permissionset-meta.xml': xml(
    'PermissionSet',
    '<customPermissions><enabled>true</enabled><name>May_Dial</name></customPermissions><tabSettings><tab>Sample_Tab</tab><visibility>Visible</visibility></tabSettings>',
  ),
  'messageChannels/Sample.messageChannel-meta.xml': xml('LightningMessageChannel', ''),
  'labels/CustomLabels.labels-meta.xml': xml(
    'CustomLabels',
    '<labels><fullName>Greeting</fullName><value>Good day</value></labels>',
  ),
  'classes/Sample.cls': 'public with sharing class Sample {}',
  'staticresources/sampleScript.resource-meta.xml': xml('StaticResource', ''),
  'staticresources/sampleScript.js': "globalThis.SampleScript = { name: 'a sample script' };",
  'lwc/probe/probe.ts': PROBE,
  'lwc/probe/probe.html': PROBE_MARKUP,
  'lwc/listener/listener.ts': LISTENER,
  'lwc/listener/listener.html': '<template><p>{heard} / {loaded} / {utilityId}</p></template>',
  'lwc/probe/probe.css': '.facts { overflow-wrap: anywhere; }',
  'lwc/tabContent/tabContent.js':
    "import { LightningElement } from 'lwc';\nexport default class TabContent extends LightningElement {}",
  'lwc/tabContent/tabContent.html': '<template><p>Content of the tab</p></template>',
};

/**
 * Writes a small Salesforce project to a new folder.
 * @param more files to add or replace, below `force-app/main/sample`
 */
export async function writeSampleProject(
  more: Readonly<Record<string, string>> = {},
): Promise<SampleProject> {
  const directory = await mkdtemp(join(tmpdir(), 'scoreline-project-'));
  for (const [name, text] of Object.entries({ ...FILES, ...more })) {
    const file = join(directory, 'force-app/main/sample', name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
