import { randomInt } from 'node:crypto';

import type { Connection } from './database.ts';

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** The instance part of the ids: characters 4 to 6. */
const INSTANCE = 'Lc0';
/** As many numbers as one visit to the sequence brings. */
export const ID_BLOCK_SIZE = 500;

/** Gives out the ids of one org. */
export interface IdSource {
  next(connection: Connection, keyPrefix: string): Promise<string>;
}

/** Ids from the database's sequence, taken in blocks. A block that a rollback wastes leaves a gap, no double. */
export function createIdSource(): IdSource {
  let nextNumber = 0;
  let blockEnd = 0;
  return {
    async next(connection, keyPrefix) {
      if (nextNumber >= blockEnd) {
        const [row] = await connection.query<{ start: number }>(
          `SELECT nextval('local_org.record_number') AS start`,
        );
        nextNumber = row?.start ?? 0;
        blockEnd = nextNumber + ID_BLOCK_SIZE;
      }
      const number = nextNumber;
      nextNumber += 1;
      return withChecksum(`${keyPrefix}${INSTANCE}${inBase62(number, 9)}`);
    },
  };
}

/** An org id that no other local org has, so that the tokens of one are worth nothing in another. */
export function newOrganizationId(): string {
  const random = Array.from({ length: 9 }, () => BASE_62[randomInt(BASE_62.length)]).join('');
  return withChecksum(`00D${INSTANCE}${random}`);
}

/**
 * The 18-character form of an id, or null where the text is none. Fifteen characters are taken as they are; of
 * eighteen the last three must fit.
 */
export function normalizeId(text: string): string | null {
  if (!/^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/.test(text)) return null;
  const full = withChecksum(text.slice(0, 15));
  return text.length === 15 || full === text ? full : null;
}

/** Adds the three letters that tell upper from lower case: five bits for each five characters, lowest bit first. */
export function withChecksum(fifteen: string): string {
  const letters = [0, 5, 10].map((start) => {
    const bits = [...fifteen.slice(start, start + 5)].reduce(
      (sum, character, index) => (/[A-Z]/.test(character) ? sum + 2 ** index : sum),
      0,
    );
    return CHECK_LETTERS[bits] ?? '';
  });
  return fifteen + letters.join('');
}

export function inBase62(number: number, width: number): string {
  let rest = number;
  let text = '';
  while (rest > 0) {
    text = (BASE_62[rest % 62] ?? '') + text;
    rest = Math.floor(rest / 62);
  }
  return text.padStart(width, '0');
}
