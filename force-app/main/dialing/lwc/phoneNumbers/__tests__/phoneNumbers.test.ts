import { graphql } from 'lightning/graphql';
import { publish } from 'lightning/messageService';
import type { PageMessages } from 'lightning/messageService';
import * as recordApi from 'lightning/uiRecordApi';
import findCalls from '@salesforce/apex/CallDrillDown.findCalls';
import PhoneNumbers from 'c/phoneNumbers';
import {
  detailsOf,
  emit,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { navigated } from '../../../../../test/jest-mocks/lightning/navigation.ts';

jest.mock('@salesforce/apex/CallDrillDown.findCalls', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});

const calls = jest.mocked(findCalls);
const ENDED = { taskId: '00T1', callId: 'call-1', version: 1, subject: 'Call', evidence: 'pending' };
const LOGGED = { ...ENDED, version: 2, outcome: 'meeting', evidence: 'verified' };

async function mountCard(fields: Record<string, unknown> = {}) {
  const card = await mount('c-phone-numbers', PhoneNumbers, { recordId: '003A', objectApiName: 'Contact' });
  const values = Object.entries({ Name: 'Ana Ruiz', ...fields }).map(([name, value]) => [name, { value }]);
  emit(recordApi.getRecord, { apiName: 'Contact', id: '003A', fields: Object.fromEntries(values) });
  await rendered();
  return card;
}

function namesOf(card: Parameters<typeof findAll>[0]): (string | null)[] {
  return findAll(card, 'c-dial-button').map((button) => find(button, 'button').getAttribute('aria-label'));
}

function callSaved(recordId = '003A'): void {
  publish({} as PageMessages, 'Scoreline_Call__c' as never, {
    kind: 'callSaved',
    callId: 'call-1',
    recordId,
    position: 7,
  });
}

describe('c-phone-numbers', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    calls.mockReset();
    navigated.mockReset();
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('says that it loads', async () => {
    const card = await mount('c-phone-numbers', PhoneNumbers, { recordId: '003A' });
    expect(textOf(card)).toContain('Loading phone numbers');
  });

  it('lists the numbers the record has, each with its button; a fax has none', async () => {
    const card = await mountCard({
      Phone: '+1 303 555 0100',
      MobilePhone: '+1 303 555 0142',
      Fax: '+1 303 555 0199',
    });
    expect(findAll(card, 'dt').map((label) => label.textContent)).toEqual(['Mobile', 'Office', 'Fax']);
    expect(namesOf(card)).toEqual(['Call Ana Ruiz, mobile', 'Call Ana Ruiz, office']);
  });

  it('offers no call to who asked not to be called, and says why', async () => {
    const card = await mountCard({ MobilePhone: '+1 303 555 0142', DoNotCall: true });
    expect(findAll(card, 'c-dial-button')).toHaveLength(0);
    expect(textOf(card, '.blocked')).toBe('Do not call');
    expect(textOf(card, '.reason')).toBe('This person asked not to be called.');
  });

  it('says when there is no number, and where to add one', async () => {
    const card = await mountCard();
    expect(textOf(card)).toContain('No phone number here.');
    find(card, 'button').click();
    expect(navigated).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { recordId: '003A', objectApiName: 'Contact', actionName: 'edit' },
    });
  });

  it('says when the numbers could not be loaded', async () => {
    const card = await mount('c-phone-numbers', PhoneNumbers, { recordId: '003A' });
    (recordApi.getRecord as unknown as { error: (body?: unknown) => void }).error();
    await rendered();
    expect(find<HTMLElement & { name: string }>(card, 'c-error-panel').name).toBe('phoneListUnavailable');
    expect(textOf(card, '[role="status"]')).toBe('Could not load the phone numbers.');
  });

  it('announces what a button says without showing it twice', async () => {
    const card = await mountCard({ MobilePhone: '+1 303 555 0142' });
    find(card, 'c-dial-button').dispatchEvent(
      new CustomEvent('dialprogress', { detail: { text: 'Calling Ana Ruiz, mobile' } }),
    );
    await rendered();
    expect(textOf(card, '[role="status"]')).toBe('Calling Ana Ruiz, mobile');
    expect(find(card, '[role="status"]').className).toBe('slds-assistive-text');
  });

  it('looks until the call is on the record, then says so and has the page refreshed', async () => {
    calls.mockRejectedValueOnce(new Error('gone')).mockResolvedValueOnce([ENDED]).mockResolvedValue([LOGGED]);
    const card = await mountCard();
    const refreshes = detailsOf(card, 'lightning__refresh');
    callSaved();
    await rendered();
    jest.advanceTimersByTime(400);
    await rendered();
    expect(refreshes).toHaveLength(0);
    jest.advanceTimersByTime(600);
    await rendered();
    expect(textOf(card, '[role="status"]')).toBe('Logged on Ana Ruiz');
    expect(find(card, '[role="status"]').className).toBe('');
    expect(refreshes).toHaveLength(1);
    jest.advanceTimersByTime(60_000);
    await rendered();
    expect(calls.mock.calls).toEqual(Array(3).fill([{ callIds: ['call-1'] }]));
  });

  it('refreshes the page again when the switch reports later', async () => {
    calls
      .mockResolvedValueOnce([{ ...LOGGED, evidence: 'pending' }])
      .mockResolvedValue([{ ...LOGGED, version: 3 }]);
    const card = await mountCard();
    const refreshes = detailsOf(card, 'lightning__refresh');
    callSaved();
    await rendered();
    expect(refreshes).toHaveLength(1);
    jest.advanceTimersByTime(400);
    await rendered();
    expect(refreshes).toHaveLength(2);
    jest.advanceTimersByTime(60_000);
    await rendered();
    expect(calls).toHaveBeenCalledTimes(2);
  });

  it('leaves calls of other records alone', async () => {
    await mountCard();
    callSaved('003B');
    expect(calls).not.toHaveBeenCalled();
  });

  it('stops looking once it is gone', async () => {
    calls.mockResolvedValue([]);
    await mountCard();
    callSaved();
    await rendered();
    unmountAll();
    jest.advanceTimersByTime(60_000);
    await rendered();
    expect(calls).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['Lead', { MobilePhone: '+1 303 555 0142' }, ['Call Lea Ruiz, mobile', 'Call Lea Ruiz, office']],
    ['Account', {}, ['Call Lea Ruiz, office']],
  ])('lists the numbers of a %s as those of a contact', async (objectApiName, more, names) => {
    const card = await mount('c-phone-numbers', PhoneNumbers, { recordId: '00QA', objectApiName });
    const fields = { Name: 'Lea Ruiz', Phone: '+1 303 555 0100', ...more };
    emit(recordApi.getRecord, {
      apiName: objectApiName,
      id: '00QA',
      fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])),
    });
    await rendered();
    expect(namesOf(card)).toEqual(names);
  });

  describe('on an opportunity', () => {
    const contact = (Id: string, name: string, fields: Record<string, unknown> = {}) => ({
      Id,
      ...Object.fromEntries(
        Object.entries({ Name: name, ...fields }).map(([field, value]) => [field, { value }]),
      ),
    });
    const role = (Role: string | null, Contact: unknown) => ({
      node: { Id: `00K${Role}`, Role: { value: Role }, Contact },
    });

    async function mountOpportunity(...edges: unknown[]) {
      const card = await mount('c-phone-numbers', PhoneNumbers, {
        recordId: '006A',
        objectApiName: 'Opportunity',
      });
      emit(graphql, { data: { uiapi: { query: { OpportunityContactRole: { edges } } } } });
      await rendered();
      return card;
    }

    it('lists the contacts who have a role, each once with name and role, and who may not be called', async () => {
      const ana = contact('003A', 'Ana Ruiz', { MobilePhone: '+1 303 555 0142' });
      const card = await mountOpportunity(
        role('Decision Maker', ana),
        role('Evaluator', ana),
        role(null, contact('003B', 'Kim Wu', { Phone: '+1 303 555 0143', DoNotCall: true })),
        role('Other', contact('003C', 'Jo Lee')),
        role('Other', null),
      );
      expect(findAll(card, 'h3').map((heading) => heading.textContent)).toEqual([
        'Ana Ruiz, Decision Maker',
        'Kim Wu',
      ]);
      expect(namesOf(card)).toEqual(['Call Ana Ruiz, mobile']);
      expect(textOf(card, '.blocked')).toBe('Do not call');
    });

    it('says that a call of one of them is logged on that contact', async () => {
      calls.mockResolvedValue([LOGGED]);
      const card = await mountOpportunity(
        role('Other', contact('003A', 'Ana Ruiz', { MobilePhone: '+1 303 555 0142' })),
      );
      callSaved('003A');
      await rendered();
      jest.advanceTimersByTime(400);
      await rendered();
      expect(textOf(card, '[role="status"]')).toBe('Logged on Ana Ruiz');
    });

    it('says when nobody has a number, and where to add one', async () => {
      const card = await mountOpportunity();
      expect(textOf(card)).toContain('No phone number here.');
      find(card, 'button').click();
      expect(navigated).toHaveBeenCalledWith({
        type: 'standard__recordRelationshipPage',
        attributes: {
          recordId: '006A',
          objectApiName: 'Opportunity',
          relationshipApiName: 'OpportunityContactRoles',
          actionName: 'view',
        },
      });
    });

    it('says when the contacts could not be loaded', async () => {
      const card = await mount('c-phone-numbers', PhoneNumbers, {
        recordId: '006A',
        objectApiName: 'Opportunity',
      });
      emit(graphql, { data: undefined, errors: [{ message: 'gone' }] });
      await rendered();
      expect(find<HTMLElement & { name: string }>(card, 'c-error-panel').name).toBe('phoneListUnavailable');
    });
  });
});
