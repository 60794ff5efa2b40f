import { graphql } from 'lightning/graphql';
import { publish } from 'lightning/messageService';
import { getListInfosByObjectName, getListRecordsByName } from 'lightning/uiListsApi';
import { navigated } from '../../../../../test/jest-mocks/lightning/navigation.ts';
import findReports from '@salesforce/apex/ReportPeople.findReports';
import readPeople from '@salesforce/apex/ReportPeople.readPeople';
import callChannel from '@salesforce/messageChannel/Scoreline_Call__c';
import type { PowerList } from 'c/callContract';
import PowerListPage from 'c/powerList';
import { askRelay, RelayRefusal } from 'c/relayClient';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  emit,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

jest.mock('c/relayClient', () => ({
  ...jest.requireActual<object>('c/relayClient'),
  askRelay: jest.fn(),
}));

jest.mock('@salesforce/apex/ReportPeople.findReports', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});
jest.mock('@salesforce/apex/ReportPeople.readPeople', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});

const relay = jest.mocked(askRelay);
const REPORT = { reportId: '00O000000000001AAA', name: 'Lapsed customers' };
const ANA = '003000000000001AAA';
const JO = '003000000000002AAA';
const LIST: PowerList = {
  listId: 'list-1',
  source: { kind: 'campaign', id: '701000000000001AAA', label: 'West renewals' },
  state: 'running',
  order: 'reachAndConvert',
  left: 14,
  called: 20,
  conversations: 5,
  skipped: 2,
  unreachable: 0,
  next: {
    recordId: ANA,
    reservedSeconds: 900,
    reasons: [
      { kind: 'answeredAtThisHour', count: 2 },
      { kind: 'lastCalled', days: 12 },
    ],
  },
  then: [{ recordId: JO, reservedSeconds: 600 }],
};

const field = (value: string) => ({ value });
const edges = (...nodes: readonly object[]) => ({ edges: nodes.map((node) => ({ node })) });
/** What every query of the page is answered with. */
const DATA = {
  uiapi: {
    query: {
      Campaign: edges({ Id: '701000000000001AAA', Name: field('West renewals') }),
      CampaignMember: edges({ Id: '00v1', ContactId: field(ANA) }, { Id: '00v2', ContactId: field(JO) }),
      Contact: edges(
        {
          Id: ANA,
          Name: field('Ana Ruiz'),
          Account: { Name: field('Acme') },
          Phone: field('+1 303 555 0142'),
        },
        { Id: JO, Name: field('Jo Lee') },
      ),
      Lead: edges(),
    },
  },
};

/** The relay answers each request with the next of these lists, the last one again and again. */
function relayGives(...lists: readonly (PowerList | null)[]): void {
  let place = 0;
  relay.mockImplementation(() => {
    const list = lists[Math.min(place, lists.length - 1)] ?? null;
    place += 1;
    return Promise.resolve({ list });
  });
}

async function mountList() {
  const page = await mount('c-power-list', PowerListPage, {});
  emit(graphql, { data: DATA });
  await rendered();
  return page;
}

type Page = Awaited<ReturnType<typeof mountList>>;

const person = (page: Page) => find(page, 'c-list-person');
const status = (page: Page): string => textOf(page, '[role="status"]');
const button = (host: { readonly shadowRoot: ShadowRoot | null }, label: string): HTMLButtonElement => {
  const found = findAll<HTMLButtonElement>(host, 'button').find(({ textContent }) => textContent === label);
  if (found === undefined) throw new Error(`No button ${label}`);
  return found;
};
const asked = (): unknown[] => relay.mock.calls.map(([path, body]) => [path, body]);

async function startReport(page: Page): Promise<void> {
  const chooser = find(page, 'c-list-chooser');
  find(chooser, 'lightning-combobox').dispatchEvent(
    new CustomEvent('change', { detail: { value: REPORT.reportId } }),
  );
  await rendered();
  button(chooser, 'Start').click();
  await rendered();
}

describe('c-power-list', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    relay.mockReset();
    jest.mocked(findReports).mockReset().mockResolvedValue([]);
    jest.mocked(readPeople).mockReset();
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('shows who is next and why, who follows, and how far the list is', async () => {
    relayGives(LIST);
    const page = await mountList();
    expect(asked()).toEqual([
      ['v1/lists/current', undefined],
      ['v1/lists/list-1/next', {}],
    ]);
    expect(textOf(page)).toContain('14 left · 22 done');
    expect(textOf(person(page))).toContain('Ana Ruiz Acme Office +1 303 555 0142');
    expect(textOf(person(page))).toContain('Why: answered at this hour twice; last called 12 days ago');
    expect(textOf(person(page))).toContain('reserved 15 min');
    expect(textOf(page)).toContain('Then: Jo Lee');
    expect(textOf(page)).toContain('likeliest to be reached now and to agree to a meeting');
    expect(status(page)).toBe('Next: Ana Ruiz, Acme');
    await expect(inRealTime(page)).toBeAccessible();
  });

  it('makes a list of the people of a campaign whom the user may see', async () => {
    relayGives(null, LIST);
    const page = await mountList();
    const chooser = find(page, 'c-list-chooser');
    find(chooser, 'lightning-combobox').dispatchEvent(
      new CustomEvent('change', { detail: { value: '701000000000001AAA' } }),
    );
    await rendered();
    button(chooser, 'Start').click();
    await rendered();
    emit(graphql, { data: DATA });
    await rendered();
    emit(graphql, { data: DATA });
    await rendered();
    const [path, body] = relay.mock.calls.at(-1) ?? [];
    expect(path).toBe('v1/lists');
    expect(body).toMatchObject({ source: LIST.source, recordIds: [ANA, JO] });
    expect((body as { listId: string }).listId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/u);
  });

  it('makes a list of a list view', async () => {
    relayGives(null, LIST);
    const page = await mountList();
    const view = { id: '00B000000000001AAA', apiName: 'MyContacts', label: 'My Contacts' };
    emit(getListInfosByObjectName, { data: { lists: [view] } });
    await rendered();
    const chooser = find(page, 'c-list-chooser');
    const choice = find<HTMLElement & { options: object[] }>(chooser, 'lightning-combobox');
    expect(choice.options).toContainEqual({ value: view.id, label: 'Contacts: My Contacts' });
    choice.dispatchEvent(new CustomEvent('change', { detail: { value: view.id } }));
    await rendered();
    button(chooser, 'Start').click();
    await rendered();
    emit(getListRecordsByName, { data: { records: [{ id: JO }, { id: ANA }] } });
    await rendered();
    expect(relay.mock.calls.at(-1)?.[1]).toMatchObject({
      source: { kind: 'listView', id: view.id, label: 'My Contacts' },
      recordIds: [JO, ANA],
    });
  });

  it('makes a list of a report, and says that it was cut off', async () => {
    relayGives(null, LIST);
    jest.mocked(findReports).mockResolvedValue([REPORT]);
    jest.mocked(readPeople).mockResolvedValue({ recordIds: [JO, ANA], isCutOff: true });
    const page = await mountList();
    await startReport(page);
    expect(jest.mocked(readPeople)).toHaveBeenLastCalledWith({ reportId: REPORT.reportId });
    expect(relay.mock.calls.at(-1)?.[1]).toMatchObject({
      source: { kind: 'report', id: REPORT.reportId, label: 'Lapsed customers' },
      recordIds: [JO, ANA],
    });
    expect(textOf(page)).toContain('these are the people of its first 2,000.');
    await expect(inRealTime(page)).toBeAccessible();
  });

  it.each([
    ['names nobody', undefined, 'names no contact or lead. Add the column'],
    ['is not there', { body: { message: 'SC-335' } }, 'You have no such report.'],
    ['did not run', { body: { message: 'SC-336' } }, 'Salesforce could not run this report.'],
    ['does not answer', {}, 'Could not read the report. Try again.'],
  ])('says in plain words why no list can be made of a report that %s', async (_, failure, words) => {
    relayGives(null);
    jest.mocked(findReports).mockResolvedValue([REPORT]);
    if (failure === undefined) jest.mocked(readPeople).mockResolvedValue({ recordIds: [], isCutOff: false });
    else jest.mocked(readPeople).mockRejectedValue(Object.assign(new Error('refused'), failure));
    const page = await mountList();
    await startReport(page);
    expect(textOf(find(page, 'c-list-chooser'), '.notice')).toContain(words);
    expect(status(page)).toContain(words);
    expect(relay).toHaveBeenCalledTimes(1);
    await expect(inRealTime(page)).toBeAccessible();
  });

  it('offers campaigns also where the reports cannot be read', async () => {
    relayGives(null);
    jest.mocked(findReports).mockRejectedValue(new Error('offline'));
    const page = await mountList();
    const choice = find<HTMLElement & { options: object[] }>(
      find(page, 'c-list-chooser'),
      'lightning-combobox',
    );
    expect(choice.options).toEqual([{ value: '701000000000001AAA', label: 'Campaign: West renewals' }]);
  });

  it('says why no list can be made of a campaign', async () => {
    relayGives(null);
    const page = await mountList();
    const chooser = find(page, 'c-list-chooser');
    find(chooser, 'lightning-combobox').dispatchEvent(
      new CustomEvent('change', { detail: { value: '701000000000001AAA' } }),
    );
    await rendered();
    button(chooser, 'Start').click();
    await rendered();
    const { query } = DATA.uiapi;
    emit(graphql, { data: { uiapi: { query: { ...query, CampaignMember: edges() } } } });
    await rendered();
    expect(textOf(chooser)).toContain('This campaign has no people.');
    expect(status(page)).toBe('This campaign has no people. Add contacts or leads to it.');
    expect(relay).toHaveBeenCalledTimes(1);
    emit(graphql, { data: { uiapi: { query: { Campaign: edges() } } } });
    await rendered();
    expect(textOf(chooser)).toContain('No campaign, list view or report that you can see.');
    await expect(inRealTime(page)).toBeAccessible();
  });

  it('skips with a reason, and puts off until a time', async () => {
    relayGives(LIST);
    const page = await mountList();
    const [skip, callBack] = findAll(person(page), 'lightning-button-menu');
    skip?.dispatchEvent(new CustomEvent('select', { detail: { value: 'badTime' } }));
    await rendered();
    expect(asked().at(-1)).toEqual(['v1/lists/list-1/skip', { recordId: ANA, reason: 'badTime' }]);
    const before = Date.now();
    callBack?.dispatchEvent(new CustomEvent('select', { detail: { value: '3600000' } }));
    await rendered();
    const [, body] = relay.mock.calls.at(-1) ?? [];
    expect(Date.parse((body as { callBackAt: string }).callBackAt) - before).toBe(3_600_000);
  });

  it('goes on once the call is saved, and to the Call button when the rep asked for the next', async () => {
    relayGives(LIST, LIST, {
      ...LIST,
      left: 13,
      called: 21,
      next: { ...LIST.then[0]!, reasons: [] },
      then: [],
    });
    const page = await mountList();
    const call = { callId: 'call-1', recordId: ANA };
    publish(undefined as never, callChannel, {
      kind: 'callStateChanged',
      requestId: '1',
      state: 'talking',
      ...call,
    });
    await jest.advanceTimersByTimeAsync(1_000_000);
    expect(textOf(person(page))).not.toContain('reservation ended');
    publish(undefined as never, callChannel, { kind: 'nextWanted', ...call });
    expect(relay).toHaveBeenCalledTimes(2);
    publish(undefined as never, callChannel, { kind: 'callSaved', position: 7, ...call });
    await rendered();
    expect(asked().at(-1)).toEqual(['v1/lists/list-1/next', {}]);
    expect(status(page)).toBe('Next: Jo Lee');
    expect(textOf(person(page))).toContain('No phone number that you can see');
  });

  it('says when the reservation ended, and takes the person again', async () => {
    relayGives(LIST);
    const page = await mountList();
    await jest.advanceTimersByTimeAsync(905_000);
    await rendered();
    expect(textOf(person(page))).toContain('Ana Ruiz’s reservation ended.');
    expect(findAll(person(page), 'c-dial-button')).toHaveLength(0);
    expect(textOf(page)).not.toContain('Then:');
    button(person(page), 'Take again').click();
    await rendered();
    expect(textOf(person(page))).toContain('reserved 15 min');
  });

  it('pauses, goes on, and ends with what came of it', async () => {
    const paused: PowerList = { ...LIST, state: 'paused', next: undefined, then: [] };
    const ended: PowerList = { ...paused, state: 'ended', left: 0 };
    relayGives(LIST, LIST, paused, LIST, ended);
    const page = await mountList();
    button(page, 'Pause').click();
    await rendered();
    expect(textOf(page)).toContain('Paused. Nobody is reserved for you meanwhile.');
    button(page, 'Go on').click();
    await rendered();
    expect(textOf(person(page))).toContain('Ana Ruiz');
    button(page, 'End').click();
    await rendered();
    expect(textOf(page)).toContain('List done: 20 called, 5 conversations, 2 skipped.');
    expect(status(page)).toBe('List done: 20 called, 5 conversations, 2 skipped.');
    expect(findAll(page, 'c-list-chooser')).toHaveLength(1);
    await expect(inRealTime(page)).toBeAccessible();
  });

  it('says when nobody can be called now, and looks again by itself at that time', async () => {
    const nextAt = new Date(Date.now() + 60_000).toISOString();
    const waiting: PowerList = {
      ...LIST,
      left: 6,
      next: undefined,
      then: [],
      waiting: { why: 'callBack', nextAt },
    };
    relayGives(waiting, waiting, LIST);
    const page = await mountList();
    expect(textOf(page)).toMatch(/All 6 left are to be called back later\. Next at \d/u);
    expect(relay).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(65_000);
    await rendered();
    expect(textOf(person(page))).toContain('Ana Ruiz');
  });

  it('opens the record', async () => {
    relayGives(LIST);
    button(person(await mountList()), 'Open record').click();
    expect(navigated).toHaveBeenLastCalledWith(
      expect.objectContaining({
        attributes: { recordId: ANA, objectApiName: 'Contact', actionName: 'view' },
      }),
    );
  });

  it('says what stands in the way, keeps what it shows, and tries again', async () => {
    relayGives(LIST);
    const page = await mountList();
    relay.mockRejectedValueOnce(new RelayRefusal('relayUnreachable'));
    button(page, 'Pause').click();
    await rendered();
    const panel = find<HTMLElement & { name: string }>(page, 'c-error-panel');
    expect(panel.name).toBe('relayUnreachable');
    expect(textOf(page, '[role="alert"]')).toBe('The list could not be brought up to date.');
    expect(textOf(person(page))).toContain('Ana Ruiz');
    await expect(inRealTime(page)).toBeAccessible();
    jest.useFakeTimers();
    panel.dispatchEvent(new CustomEvent('retry'));
    await rendered();
    expect(findAll(page, 'c-error-panel')).toHaveLength(0);
  });

  it('gives way to the choice when the list was ended elsewhere', async () => {
    relayGives(LIST);
    const page = await mountList();
    relay.mockRejectedValueOnce(new RelayRefusal('listEnded'));
    button(page, 'Pause').click();
    await rendered();
    expect(textOf(page)).toContain('Your list was ended in another window.');
    expect(findAll(page, 'c-list-chooser')).toHaveLength(1);
  });

  it('shows boxes while it loads, and that the user is offline', async () => {
    relay.mockReturnValue(new Promise(() => {}));
    const page = await mountList();
    expect(findAll(page, '.stencil')).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(300);
    await rendered();
    expect(findAll(page, '.stencil')).toHaveLength(1);
    expect(status(page)).toBe('Loading the list');
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new CustomEvent('offline'));
    await rendered();
    expect(textOf(page)).toContain('You are offline.');
    jest.restoreAllMocks();
  });
});
