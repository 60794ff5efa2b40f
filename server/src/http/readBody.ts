import express, { type Request, type RequestHandler } from 'express';
import * as z from 'zod/mini';
import { Refusal } from '../refusal.ts';

const MAXIMUM_BODY = '100kb';
/** A path goes back to the sender and into the log, and an unknown field's name is the sender's choice. */
const MAXIMUM_PATH_CHARACTERS = 80;

/** Takes JSON bodies as the bytes that were sent, because a signature covers those. */
export function rawJsonBody(): RequestHandler[] {
  return [
    (request, _response, next) => {
      if (request.is('application/json') === false) throw new Refusal('unsupportedMediaType');
      next();
    },
    express.raw({ type: 'application/json', limit: MAXIMUM_BODY }),
  ];
}

/** The body's text. Refuses with `malformedJson` what is not UTF-8. */
export function bodyText(request: Request): string {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes)) throw new Refusal('malformedJson');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal('malformedJson');
  }
}

/** Refuses with `malformedJson`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('malformedJson');
  }
}

/** Refuses with `unknownField` or `invalidRequest` and the place, never the value. */
export function checkShape<Value>(schema: z.core.$ZodType<Value>, input: unknown): Value {
  const parsed = z.safeParse(schema, input);
  if (!parsed.success) throw refusalOf(parsed.error.issues[0]);
  const unstorable = pathOfNullCharacter(parsed.data, []);
  if (unstorable !== undefined) throw new Refusal('invalidRequest', pathText(unstorable));
  return parsed.data;
}

/** The body, parsed and checked. */
export function readBody<Value>(schema: z.core.$ZodType<Value>, request: Request): Value {
  return checkShape(schema, parseJson(bodyText(request)));
}

function refusalOf(issue: z.core.$ZodIssue | undefined): Refusal {
  if (issue?.code === 'unrecognized_keys')
    return new Refusal('unknownField', pathText([...issue.path, ...issue.keys.slice(0, 1)]));
  return new Refusal('invalidRequest', pathText(issue?.path ?? []));
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map(String).join('.').slice(0, MAXIMUM_PATH_CHARACTERS);
}

/** PostgreSQL stores every character but U+0000. */
function pathOfNullCharacter(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = pathOfNullCharacter(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
