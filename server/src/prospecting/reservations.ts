import type { CallableRecord } from '../crm/index.ts';
import type { Connection, Database } from '../database/index.ts';
import type { Rep, StoredList } from './storedList.ts';

/** How long a person stays with the rep on whose screen they are. */
const RESERVATION_SECONDS = 900;
/** From the permit until the call is seen to run: a phone dials at once. */
const DIALING_SECONDS = 120;
/** A call of which no end was ever told holds nobody for longer. */
const LONGEST_CALL = '4 hours';

export interface Reservation {
  readonly recordId: string;
  readonly reservedSeconds: number;
}

type Reservable = Pick<CallableRecord, 'recordId' | 'numbers'>;

/**
 * Takes a person for a list, or keeps them longer: the record and each number, all or none. Answers whether the rep
 * has them now; not while a colleague has one of these on the screen, dials it or talks on it.
 */
export async function reservePerson(
  database: Database,
  { orgId, listId, userId }: StoredList,
  person: Reservable,
): Promise<boolean> {
  const subjects = subjectsOf(person);
  try {
    await database.transaction(async (connection) => {
      // In the order of the subjects, so that two who share some of them never wait for each other.
      const taken = await connection.query(
        `insert into prospect_reservation as known (org_id, subject, user_id, list_id, record_id, reserved_until)
         select $1, subject, $3, $4::uuid, $5, clock_timestamp() + make_interval(secs => $6)
         from unnest($2::text[]) as subject order by subject
         on conflict (org_id, subject) do update
         set user_id = excluded.user_id, list_id = excluded.list_id, record_id = excluded.record_id,
           reserved_until = excluded.reserved_until
         where known.list_id is null or known.reserved_until <= clock_timestamp()
           or (known.user_id = excluded.user_id and known.record_id = excluded.record_id)
         returning subject`,
        [orgId, subjects, userId, listId, person.recordId, RESERVATION_SECONDS],
      );
      if (taken.length < subjects.length || (await isOnLine(connection, { orgId, userId }, person)))
        throw new NotFree();
    });
    return true;
  } catch (error) {
    if (error instanceof NotFree) return false;
    throw error;
  }
}

/**
 * Notes, in the transaction that opens a call, that its number is about to be dialed: a list that wants the number at the
 * same moment waits for that transaction, and then sees the call. Answers false when a colleague's list has the
 * number; two calls without a list do not hinder each other.
 */
export async function holdNumber(
  connection: Connection,
  { orgId, userId }: Rep,
  number: { readonly numberHash: string; readonly extension?: string | undefined },
): Promise<boolean> {
  const held = await connection.query(
    `insert into prospect_reservation as known (org_id, subject, user_id, reserved_until)
     values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
     on conflict (org_id, subject) do update
     set user_id = case when known.list_id is null or known.reserved_until <= clock_timestamp()
         then excluded.user_id else known.user_id end,
       list_id = case when known.reserved_until <= clock_timestamp() then null else known.list_id end,
       record_id = case when known.reserved_until <= clock_timestamp() then null else known.record_id end,
       reserved_until = greatest(known.reserved_until, excluded.reserved_until)
     where known.user_id = excluded.user_id or known.list_id is null or known.reserved_until <= clock_timestamp()
     returning subject`,
    [orgId, numberSubject(number.numberHash, number.extension ?? ''), userId, DIALING_SECONDS],
  );
  return held.length === 1;
}

/** Those whom the list has on the screen now, with what is left of their time. */
export async function reservationsOf(
  connection: Connection,
  { orgId, listId }: StoredList,
): Promise<Reservation[]> {
  return connection.query<Reservation>(
    `select record_id as "recordId",
       floor(extract(epoch from min(reserved_until) - clock_timestamp()))::integer as "reservedSeconds"
     from prospect_reservation
     where org_id = $1 and list_id = $2 group by record_id having min(reserved_until) > clock_timestamp()`,
    [orgId, listId],
  );
}

/** Gives back everybody but these. */
export async function releaseList(
  connection: Connection,
  { orgId, listId }: Pick<StoredList, 'orgId' | 'listId'>,
  keptIds: readonly string[] = [],
): Promise<void> {
  await connection.query(
    `delete from prospect_reservation
     where org_id = $1 and list_id = $2 and not (record_id = any($3::text[]))`,
    [orgId, listId, keptIds],
  );
}

/** Removes reservations that ended long ago. */
export async function forgetEndedReservations(connection: Connection): Promise<void> {
  await connection.query(`delete from prospect_reservation where reserved_until < now() - interval '1 hour'`);
}

/** Those of these people whom colleagues have on the screen. */
export async function peopleOfColleagues(
  connection: Connection,
  rep: Rep,
  people: readonly Reservable[],
): Promise<ReadonlySet<string>> {
  const taken = await subjectsOfColleagues(connection, rep, people);
  return new Set(
    people
      .filter((person) => subjectsOf(person).some((subject) => taken.has(subject)))
      .map(({ recordId }) => recordId),
  );
}

/** The earliest moment at which one of these people may come free from a colleague; null when none has them. */
export async function nextRelease(
  connection: Connection,
  rep: Rep,
  people: readonly Reservable[],
): Promise<Date | null> {
  const taken = await subjectsOfColleagues(connection, rep, people);
  return taken.size === 0 ? null : new Date(Math.min(...[...taken.values()].map((at) => at.getTime())));
}

/** What colleagues' lists have of these people, and until when. */
async function subjectsOfColleagues(
  connection: Connection,
  { orgId, userId }: Rep,
  people: readonly Reservable[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await connection.query<{ subject: string; reservedUntil: Date }>(
    `select subject, reserved_until as "reservedUntil" from prospect_reservation
     where org_id = $1 and subject = any($2::text[]) and user_id <> $3 and list_id is not null
       and reserved_until > clock_timestamp()`,
    [orgId, people.flatMap(subjectsOf), userId],
  );
  return new Map(rows.map(({ subject, reservedUntil }) => [subject, reservedUntil]));
}

/** Thrown to undo what was taken of a person who is not wholly free. */
class NotFree extends Error {
  override readonly name = 'NotFree';
}

/** Whether a colleague dials one of the person's numbers, or talks on it. */
async function isOnLine(
  connection: Connection,
  { orgId, userId }: Rep,
  { numbers }: Reservable,
): Promise<boolean> {
  const running = await connection.query(
    `select from unnest($2::text[], $3::text[]) as number (number_hash, extension)
     join call on call.org_id = $1 and call.number_hash = number.number_hash
     left join call_personal personal on personal.org_id = call.org_id and personal.call_id = call.call_id
     where call.user_id <> $4 and call.state <> 'ended'
       and (call.state <> 'permitted' or call.opened_at > now() - make_interval(secs => ${DIALING_SECONDS}))
       and call.opened_at > now() - interval '${LONGEST_CALL}'
       and coalesce(personal.extension, '') = number.extension
     limit 1`,
    [orgId, numbers.map(({ numberHash }) => numberHash), numbers.map(({ extension }) => extension), userId],
  );
  return running.length > 0;
}

function subjectsOf({ recordId, numbers }: Reservable): string[] {
  return [recordId, ...numbers.map(({ numberHash, extension }) => numberSubject(numberHash, extension))];
}

/** No record id has a blank. */
function numberSubject(numberHash: string, extension: string): string {
  return `number ${numberHash} ${extension}`;
}
