import type { ListSourceKind } from '@scoreline/contract';

export interface Rep {
  readonly orgId: string;
  readonly userId: string;
}

/** A list as it is stored. */
export interface StoredList extends Rep {
  readonly listId: string;
  readonly sourceKind: ListSourceKind;
  readonly sourceId: string;
  readonly label: string;
  readonly state: 'running' | 'paused' | 'ended';
  readonly currentRecordId: string | null;
}
