import * as z from 'zod/mini';

/** A call's id: a UUIDv7 minted by the softphone. */
export const callIdSchema = z.uuid({ version: 'v7' });

/** A Salesforce record id in its 18-character form. */
export const recordIdSchema = z.string().check(z.regex(/^[a-zA-Z0-9]{18}$/u));

/** An ISO 8601 instant in UTC, from the year 2000 on: earlier ones come from clocks that were never set. */
export const instantSchema = z.iso.datetime().check(z.regex(/^2/u));

/** A calendar day, `YYYY-MM-DD`, from the year 2000 on. */
export const daySchema = z.iso.date().check(z.regex(/^2/u));

/** A number in E.164, `+` included. */
export const numberE164Schema = z.string().check(z.regex(/^\+[1-9]\d{3,14}$/u));
