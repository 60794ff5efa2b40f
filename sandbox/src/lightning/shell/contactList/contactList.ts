import { LightningElement } from 'lwc';
import * as z from 'zod/mini';
import type { PageReference } from '../../browser/platform/pageReference.ts';
import { router } from '../../browser/platform/router.ts';
import { errorText, query } from '../orgData.ts';

const contactSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  Title: z.nullable(z.string()),
  Phone: z.nullable(z.string()),
  Account: z.nullable(z.object({ Name: z.string() })),
});

const CONTACTS = 'SELECT Id, Name, Title, Phone, Account.Name FROM Contact ORDER BY Name LIMIT 2000';

interface Contact {
  readonly contactId: string;
  readonly name: string;
  readonly account: string;
  readonly title: string;
  readonly phone: string;
}

type Column = 'name' | 'account' | 'title' | 'phone';

const COLUMNS: readonly { readonly name: Column; readonly label: string }[] = [
  { name: 'name', label: 'Name' },
  { name: 'account', label: 'Account Name' },
  { name: 'title', label: 'Title' },
  { name: 'phone', label: 'Phone' },
];

function contactPage(contactId: string): PageReference {
  return {
    type: 'standard__recordPage',
    attributes: { recordId: contactId, objectApiName: 'Contact', actionName: 'view' },
    state: {},
  };
}

/** The list view of all contacts: searched and sorted on the page. */
export default class ContactList extends LightningElement {
  contacts: readonly Contact[] = [];
  isLoading = true;
  errorText: string | undefined;
  searchText = '';
  sortedBy: Column = 'name';
  isAscending = true;

  async connectedCallback() {
    this.dispatchEvent(new CustomEvent('pagetitle', { bubbles: true, composed: true, detail: 'Contacts' }));
    await this.load();
  }

  get columns() {
    return COLUMNS.map((column) => {
      const isSorted = column.name === this.sortedBy;
      const direction = this.isAscending ? 'ascending' : 'descending';
      return {
        ...column,
        ariaSort: isSorted ? direction : 'none',
        iconName: isSorted ? (this.isAscending ? 'utility:arrowup' : 'utility:arrowdown') : undefined,
      };
    });
  }

  get rows() {
    const wanted = this.searchText.trim().toLocaleLowerCase();
    const direction = this.isAscending ? 1 : -1;
    return this.contacts
      .filter((contact) =>
        [contact.name, contact.account, contact.title, contact.phone].some((text) =>
          text.toLocaleLowerCase().includes(wanted),
        ),
      )
      .toSorted((one, other) => one[this.sortedBy].localeCompare(other[this.sortedBy]) * direction)
      .map((contact) => ({ ...contact, address: router.address(contactPage(contact.contactId)) }));
  }

  get hasRows() {
    return this.rows.length > 0;
  }

  get countText() {
    const count = this.rows.length;
    return this.isLoading ? 'Loading contacts' : `${count} ${count === 1 ? 'item' : 'items'}`;
  }

  get emptyText() {
    if (this.isLoading || this.errorText !== undefined || this.hasRows) {
      return '';
    }
    return this.contacts.length === 0 ? 'There are no contacts yet.' : 'No contact matches your search.';
  }

  handleSearch(event: CustomEvent<{ value: string }>) {
    this.searchText = event.detail.value;
  }

  handleSort(event: Event) {
    const column = (event.currentTarget as HTMLElement).dataset.column as Column;
    this.isAscending = column === this.sortedBy ? !this.isAscending : true;
    this.sortedBy = column;
  }

  handleOpen(event: MouseEvent) {
    const { contactId } = (event.currentTarget as HTMLElement).dataset;
    if (contactId === undefined || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    router.go(contactPage(contactId));
  }

  async load() {
    this.isLoading = true;
    this.errorText = undefined;
    try {
      const records = await query(CONTACTS, contactSchema);
      this.contacts = records.map(({ Id, Name, Title, Phone, Account }) => ({
        contactId: Id,
        name: Name,
        account: Account?.Name ?? '',
        title: Title ?? '',
        phone: Phone ?? '',
      }));
    } catch (error) {
      this.errorText = errorText(error);
    } finally {
      this.isLoading = false;
    }
  }
}
