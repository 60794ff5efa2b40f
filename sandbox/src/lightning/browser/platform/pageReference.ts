/** Where the user is or wants to go, as Lightning describes it. */
export interface PageReference {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
}

const BASE_PATH = '/lightning';

/** Key prefixes of the objects that records are shown of. */
const OBJECT_BY_KEY_PREFIX: Readonly<Record<string, string>> = {
  '001': 'Account',
  '003': 'Contact',
  '006': 'Opportunity',
  '00Q': 'Lead',
  '00T': 'Task',
};

function objectOf(recordId: string): string {
  return OBJECT_BY_KEY_PREFIX[recordId.slice(0, 3)] ?? 'Record';
}

function pathOf({ type, attributes }: PageReference): string | undefined {
  const { recordId = '', objectApiName, actionName, apiName, name } = attributes;
  switch (type) {
    case 'standard__recordPage':
      return `/r/${objectApiName ?? objectOf(recordId)}/${recordId}/${actionName ?? 'view'}`;
    case 'standard__objectPage':
      return `/o/${objectApiName}/${actionName === 'home' ? 'list' : (actionName ?? 'list')}`;
    case 'standard__navItemPage':
      return `/n/${apiName}`;
    case 'standard__namedPage':
      return name === undefined && attributes.pageName === undefined ? undefined : '';
    default:
      return undefined;
  }
}

/**
 * The address of a page of this app.
 * @param kept parameters that every address keeps
 * @returns undefined for page types that the local page does not have
 */
export function addressOf(reference: PageReference, kept: URLSearchParams): string | undefined {
  const path = pathOf(reference);
  if (path === undefined) {
    return undefined;
  }
  const parameters = new URLSearchParams([...Object.entries(reference.state), ...kept]);
  return `${BASE_PATH}${path}${parameters.size === 0 ? '' : `?${parameters.toString()}`}`;
}

function referenceOfPath([kind, name = '', third = '', fourth = 'view']: readonly string[]): Omit<
  PageReference,
  'state'
> {
  switch (kind) {
    case 'r':
      // Lightning accepts both `/r/Contact/<id>/view` and the short `/r/<id>/view`.
      return /^[a-zA-Z0-9]{15,18}$/u.test(name) && third !== '' && !/^[a-zA-Z0-9]{15,18}$/u.test(third)
        ? {
            type: 'standard__recordPage',
            attributes: { recordId: name, objectApiName: objectOf(name), actionName: third },
          }
        : {
            type: 'standard__recordPage',
            attributes: { recordId: third, objectApiName: name, actionName: fourth },
          };
    case 'o':
      return {
        type: 'standard__objectPage',
        attributes: { objectApiName: name, actionName: third || 'list' },
      };
    case 'n':
      return { type: 'standard__navItemPage', attributes: { apiName: name } };
    default:
      return { type: 'standard__namedPage', attributes: { pageName: 'home' } };
  }
}

/** Reads an address of this app, e.g. `/lightning/r/Contact/003…/view?membrane=1`. */
export function referenceOf(address: URL, kept: URLSearchParams): PageReference {
  const segments = address.pathname
    .slice(BASE_PATH.length)
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  const state = [...address.searchParams].filter(([name]) => !kept.has(name));
  return { ...referenceOfPath(segments), state: Object.fromEntries(state) };
}
