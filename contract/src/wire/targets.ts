import * as z from 'zod/mini';
import { daySchema, recordIdSchema } from './values.ts';

/** The path of `GET /v1/suggested-targets/:roleId/:periodStart`. */
export const suggestedTargetsPathSchema = z.strictObject({ roleId: recordIdSchema, periodStart: daySchema });
