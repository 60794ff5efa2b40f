import assert from 'node:assert/strict';
import type { PowerList } from '@scoreline/contract';
import { newCallId } from '../callEvents.ts';
import type { Answer, TestRelay } from '../testRelay.ts';

/** A rep's power list over HTTP, as the page uses it. */
export interface ListClient {
  readonly listId: string;
  start(recordIds: readonly string[]): Promise<PowerList>;
  next(): Promise<PowerList>;
  skip(recordId: string, reason?: string): Promise<PowerList>;
  callBack(recordId: string, callBackAt: string): Promise<PowerList>;
  act(action: 'next' | 'pause' | 'end'): Promise<PowerList>;
  current(): Promise<PowerList | null>;
  /** Any request, to look at what it is refused with. */
  post(path: string, body: unknown): Promise<Answer>;
}

const SOURCE = { kind: 'campaign', id: '701000000000001AAA', label: 'West renewals' };

export function listClient(
  relay: TestRelay,
  headers: Record<string, string>,
  listId = newCallId(),
): ListClient {
  const post = (path: string, body: unknown): Promise<Answer> => relay.post(path, body, headers);
  const listOf = (answer: Answer): PowerList => {
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return (answer.body as { list: PowerList }).list;
  };
  const act: ListClient['act'] = async (action) => listOf(await post(`/v1/lists/${listId}/${action}`, {}));
  return {
    listId,
    post,
    act,
    start: async (recordIds) => listOf(await post('/v1/lists', { listId, source: SOURCE, recordIds })),
    next: () => act('next'),
    skip: async (recordId, reason = 'badTime') =>
      listOf(await post(`/v1/lists/${listId}/skip`, { recordId, reason })),
    callBack: async (recordId, callBackAt) =>
      listOf(await post(`/v1/lists/${listId}/call-back`, { recordId, callBackAt })),
    async current() {
      const answer = await relay.get('/v1/lists/current', headers);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return (answer.body as { list: PowerList | null }).list;
    },
  };
}

/** Everybody whom a rep sees. */
export function onScreen({ next, then }: PowerList): string[] {
  return [...(next === undefined ? [] : [next]), ...then].map(({ recordId }) => recordId);
}
