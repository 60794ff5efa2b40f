/**
 * The platform modules that components import and that no package describes: only what is used here.
 */

declare module '@salesforce/apex/RelaySession.createToken' {
  export default function createToken(): Promise<string>;
}

declare module '@salesforce/apex/ScorelineSettings.read' {
  export default function read(): Promise<{
    readonly relayUrl?: string;
    readonly isOutcomeOptional?: boolean;
    readonly outcomes: readonly {
      readonly code: string;
      readonly label: string;
      readonly meaning: string;
      readonly key: string;
    }[];
  }>;
}

declare module '@salesforce/customPermission/Scoreline_Phone' {
  /** Undefined for a user who lacks it. */
  const isGranted: true | undefined;
  export default isGranted;
}

declare module '@salesforce/apex/CallDrillDown.findCalls' {
  export interface LoggedCall {
    readonly taskId: string;
    readonly callId: string;
    readonly version: number;
    readonly subject: string;
    readonly outcome?: string;
    readonly talkSeconds?: number;
    readonly evidence?: string;
    readonly activityDate?: string;
    readonly personName?: string;
  }
  export default function findCalls(parameters: {
    callIds: readonly string[];
  }): Promise<readonly LoggedCall[]>;
}

declare module '@salesforce/apex/CallDrillDown.findMetricCalls' {
  import type { LoggedCall } from '@salesforce/apex/CallDrillDown.findCalls';
  export default function findMetricCalls(parameters: {
    scorecardId: string;
    metric: string;
    beforeDay?: string | undefined;
    beforeId?: string | undefined;
  }): Promise<readonly LoggedCall[]>;
}

declare module '@salesforce/apex/ReportPeople.findReports' {
  export interface PeopleReport {
    readonly reportId: string;
    readonly name: string;
  }
  export default function findReports(): Promise<readonly PeopleReport[]>;
}

declare module '@salesforce/apex/ReportPeople.readPeople' {
  export interface ReportedPeople {
    readonly recordIds: readonly string[];
    readonly isCutOff: boolean;
  }
  export default function readPeople(parameters: { reportId: string }): Promise<ReportedPeople>;
}

declare module '@salesforce/i18n/currency' {
  /** ISO 4217 */
  const currency: string;
  export default currency;
}

declare module '@salesforce/i18n/locale' {
  const locale: string;
  export default locale;
}

declare module '@salesforce/i18n/timeZone' {
  const timeZone: string;
  export default timeZone;
}

declare module '@salesforce/user/Id' {
  const userId: string;
  export default userId;
}

declare module '@salesforce/resourceUrl/*' {
  const url: string;
  export default url;
}

declare module '@salesforce/messageChannel/*' {
  const channel: { readonly messageChannel: string };
  export default channel;
}

declare module 'lightning/messageService' {
  import type { WireAdapterConstructor } from 'lwc';
  /** Where messages of this page go: what the wire of `MessageContext` gives. */
  export interface PageMessages {
    readonly messageContext: unique symbol;
  }
  export interface Subscription {
    readonly subscription: unique symbol;
  }
  interface Channel {
    readonly messageChannel: string;
  }
  export const MessageContext: WireAdapterConstructor<Record<string, never>, PageMessages>;
  export const APPLICATION_SCOPE: unique symbol;
  export function publish(context: PageMessages, channel: Channel, message: object): void;
  export function subscribe<Message>(
    context: PageMessages,
    channel: Channel,
    listener: (message: Message) => void,
    options?: { scope: typeof APPLICATION_SCOPE },
  ): Subscription;
  export function unsubscribe(subscription: Subscription | undefined): void;
}

declare module 'lightning/graphql' {
  import type { WireAdapterConstructor } from 'lwc';
  export interface GraphqlQuery {
    readonly query: unique symbol;
  }
  export interface GraphqlResult {
    readonly data?: unknown;
    readonly errors?: readonly { readonly message: string }[];
    readonly refresh?: () => Promise<void>;
  }
  export function gql(text: TemplateStringsArray): GraphqlQuery;
  export const graphql: WireAdapterConstructor<
    { query: GraphqlQuery | undefined; variables?: Record<string, unknown> },
    GraphqlResult
  >;
}

declare module 'lightning/uiRecordApi' {
  import type { WireAdapterConstructor } from 'lwc';
  export interface UiRecord {
    readonly apiName: string;
    readonly id: string;
    readonly fields: Readonly<Record<string, { readonly value: unknown; readonly displayValue?: string }>>;
  }
  export interface RecordResult {
    readonly data?: UiRecord;
    readonly error?: unknown;
  }
  export const getRecord: WireAdapterConstructor<
    { recordId: string | undefined; fields?: readonly string[]; optionalFields?: readonly string[] },
    RecordResult
  >;
  export function getFieldValue(record: UiRecord | undefined, field: string): unknown;
  export function createRecord(input: {
    readonly apiName: string;
    readonly fields: Readonly<Record<string, unknown>>;
  }): Promise<UiRecord>;
  export function deleteRecord(recordId: string): Promise<void>;
  /** `fields` holds the record's `Id`. */
  export function updateRecord(input: {
    readonly fields: Readonly<Record<string, unknown>>;
  }): Promise<UiRecord>;
  export function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<void>;
}

declare module 'lightning/uiListsApi' {
  import type { WireAdapterConstructor } from 'lwc';
  export interface ListInfosResult {
    readonly data?: {
      readonly lists: readonly { readonly id: string; readonly apiName: string; readonly label: string }[];
    };
    readonly error?: unknown;
  }
  export interface ListRecordsResult {
    readonly data?: { readonly records: readonly { readonly id: string }[] };
    readonly error?: unknown;
  }
  export const getListInfosByObjectName: WireAdapterConstructor<
    { objectApiName: string; pageSize?: number },
    ListInfosResult
  >;
  /** Waits while one of the names is undefined. */
  export const getListRecordsByName: WireAdapterConstructor<
    {
      objectApiName: string | undefined;
      listViewApiName: string | undefined;
      fields?: readonly string[];
      pageSize?: number;
    },
    ListRecordsResult
  >;
}

declare module 'lightning/navigation' {
  import { LightningElement } from 'lwc';
  interface PageReference {
    readonly type: string;
    readonly attributes: Readonly<Record<string, string>>;
  }
  const navigate: unique symbol;
  class NavigatingElement extends LightningElement {
    [navigate](page: PageReference): void;
  }
  export const NavigationMixin: {
    (base: typeof LightningElement): typeof NavigatingElement;
    readonly Navigate: typeof navigate;
  };
}

declare module 'lightning/platformResourceLoader' {
  import type { LightningElement } from 'lwc';
  export function loadScript(component: LightningElement, url: string): Promise<void>;
}

declare module 'lightning/platformUtilityBarApi' {
  import type { WireAdapterConstructor } from 'lwc';
  export const EnclosingUtilityId: WireAdapterConstructor<Record<string, never>, string>;
  export function updateUtility(
    utilityId: string,
    attributes: { label?: string; icon?: string; highlighted?: boolean },
  ): Promise<boolean>;
  export function getAllUtilityInfo(): Promise<
    readonly { readonly id: string; readonly utilityVisible: boolean }[]
  >;
  export function open(utilityId: string, options?: { autoFocus: boolean }): Promise<boolean>;
}

declare module 'lightning/platformShowToastEvent' {
  export class ShowToastEvent extends CustomEvent<unknown> {
    constructor(toast: {
      readonly title: string;
      readonly message: string;
      readonly variant: 'info' | 'success' | 'warning' | 'error';
    });
  }
}

declare module 'lightning/refresh' {
  export class RefreshEvent extends Event {
    constructor();
  }
}
