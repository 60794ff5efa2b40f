import type { DialRequest, PhoneCall, PhoneSnapshot } from 'c/callContract';

/** A record of the org that somebody who calls can be. */
export interface Person {
  readonly recordId: string;
  readonly objectApiName: string;
  readonly name: string;
  readonly company?: string | undefined;
}

/** The records whose names are known, by their ids. */
export type People = Readonly<Record<string, Person>>;

/** Who is called: the record's name, or the number that was typed or shown. */
export function personOf({ recordName, number }: DialRequest): string {
  return recordName ?? (number === '' ? 'Number withheld' : number);
}

/** Who and which number, as a button or an announcement names it: `Ana Ruiz, mobile`. */
export function personAndLabel(request: DialRequest): string {
  const label = request.numberLabel?.toLowerCase();
  return label === undefined ? personOf(request) : `${personOf(request)}, ${label}`;
}

/** Who and where they work, as far as it is known: `Ana Ruiz, Acme Ltd`. */
export function personAndCompany(request: DialRequest, people: People): string {
  const { company } = (request.recordId === undefined ? undefined : people[request.recordId]) ?? {};
  return company === undefined ? personOf(request) : `${personOf(request)}, ${company}`;
}

/** The ids of all records that the phone shows by name. */
export function recordIdsOf({ call, otherCalls, recent }: PhoneSnapshot): string[] {
  const ids = [...(call === undefined ? [] : [call]), ...otherCalls].flatMap((each) => [
    each.request.recordId,
    ...(each.matchedRecordIds ?? []),
  ]);
  const past = (recent ?? []).flatMap((each) => [each.recordId, ...(each.matchedRecordIds ?? [])]);
  const all = [...ids, ...past];
  return [...new Set(all.filter((id) => id !== undefined))].sort();
}

/** The same snapshot, its calls named by their records where the phone itself knows no name. */
export function withNames(snapshot: PhoneSnapshot, people: People): PhoneSnapshot {
  const { call, otherCalls } = snapshot;
  return {
    ...snapshot,
    ...(call === undefined ? {} : { call: withName(call, people) }),
    otherCalls: otherCalls.map((other) => withName(other, people)),
  };
}

/** The records between which the rep may choose: those of the number that the user may see. */
export function matchesOf(call: PhoneCall, people: People): Person[] {
  return (call.matchedRecordIds ?? []).flatMap((id) => people[id] ?? []);
}

/** Whether several records have the number and nobody has said yet whose call it is. */
export function awaitsChoice(call: PhoneCall): boolean {
  return call.request.recordId === undefined && (call.matchedRecordIds?.length ?? 0) > 1;
}

function withName(call: PhoneCall, people: People): PhoneCall {
  const { recordId, recordName } = call.request;
  const person = recordId === undefined ? undefined : people[recordId];
  if (recordName !== undefined || person === undefined) return call;
  return { ...call, request: { ...call.request, recordName: person.name } };
}
