import type { LocalOrg } from '../../org/index.ts';
import type { Customers, Prospect } from './customers.ts';
import { CAMPAIGNS } from './deals.ts';
import { stamps } from './loadDeals.ts';
import { loadGoals, loadPeople } from './loadPeople.ts';
import type { Staff } from './staff.ts';

/** The ids of what {@link loadCompany} wrote, by index. */
export interface CompanyIds {
  readonly reps: readonly string[];
  readonly relayUser: string;
  readonly accounts: readonly string[];
  readonly contacts: readonly string[];
  readonly leads: readonly string[];
  readonly campaigns: readonly string[];
}

/** Writes the people, their goals and absences, and everybody they call. */
export async function loadCompany(
  org: LocalOrg,
  staff: Staff,
  customers: Customers,
  { relayUsername, fromMs }: { readonly relayUsername: string; readonly fromMs: number },
): Promise<CompanyIds> {
  const people = await loadPeople(org, staff, relayUsername);
  await loadGoals(org, staff, people.reps);
  const owner = (rep: number): string => people.reps[rep] ?? '';
  const accounts = await org.load(
    'Account',
    customers.accounts.map((account) => ({
      Name: account.name,
      Industry: account.industry,
      Phone: account.phone,
      NumberOfEmployees: account.employees,
      BillingCountry: COUNTRY_NAMES[account.country],
      Type: 'Prospect',
      OwnerId: owner(account.rep),
      ...stamps(owner(account.rep), fromMs),
    })),
  );
  const contacts = await org.load(
    'Contact',
    customers.contacts.map((contact) => ({
      ...personFields(contact),
      AccountId: accounts[contact.account ?? 0] ?? null,
      OwnerId: owner(contact.rep),
      ...stamps(owner(contact.rep), contact.createdMs),
    })),
  );
  const leads = await org.load(
    'Lead',
    customers.leads.map((lead) => ({
      ...personFields(lead),
      ...conversionOf(lead, customers, { accounts, contacts }),
      Company: lead.company,
      LeadSource: 'Web',
      OwnerId: owner(lead.rep),
      ...stamps(owner(lead.rep), lead.createdMs, lead.convertedMs ?? lead.createdMs),
    })),
  );
  const campaigns = await insertCampaigns(org, fromMs);
  await org.load(
    'CampaignMember',
    leads
      .filter((_, index) => index % 3 === 0)
      .map((leadId, index) => ({
        CampaignId: campaigns[index % campaigns.length] ?? '',
        LeadId: leadId,
        Status: index % 4 === 0 ? 'Responded' : 'Sent',
        HasResponded: index % 4 === 0,
      })),
  );
  return { ...people, accounts, contacts, leads, campaigns };
}

const COUNTRY_NAMES = { US: 'United States', GB: 'United Kingdom', DE: 'Germany' } as const;

async function insertCampaigns(org: LocalOrg, fromMs: number): Promise<string[]> {
  return await org.insert(
    'Campaign',
    CAMPAIGNS.map((name, index) => {
      const start = new Date(fromMs + index * 100 * 86_400_000).toISOString().slice(0, 10);
      return { Name: name, Type: 'Trade Show', Status: 'In Progress', StartDate: start, IsActive: true };
    }),
  );
}

function personFields(person: Prospect) {
  const { firstName, lastName, title, phone, mobilePhone, doNotCall } = person;
  return {
    FirstName: firstName,
    LastName: lastName,
    Title: title,
    Phone: phone,
    MobilePhone: mobilePhone,
    Email: `${firstName}.${lastName}@example.com`.toLowerCase(),
    DoNotCall: doNotCall,
  };
}

function conversionOf(
  { convertedMs, convertedTo }: Prospect,
  { contacts }: Customers,
  ids: { readonly accounts: readonly string[]; readonly contacts: readonly string[] },
) {
  if (convertedMs === null || convertedTo === null)
    return { Status: 'Working - Contacted', IsConverted: false };
  return {
    Status: 'Closed - Converted',
    IsConverted: true,
    ConvertedDate: new Date(convertedMs).toISOString().slice(0, 10),
    ConvertedContactId: ids.contacts[convertedTo] ?? null,
    ConvertedAccountId: ids.accounts[contacts[convertedTo]?.account ?? 0] ?? null,
  };
}
