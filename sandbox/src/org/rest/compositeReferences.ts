import { ApiError } from '../apiError.ts';

const REFERENCE = /@\{(\w+)((?:\.\w+|\[\d+\])*)\}/g;

/**
 * Replaces `@{reference.path}` in every text of a value by what the named answer holds there. A text that is one
 * reference alone takes the value's type. Throws `PROCESSING_HALTED` where the answer is missing or was an error.
 */
export function resolveReferences(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return resolveText(value, answers);
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, answers));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolveReferences(item, answers)]),
    );
  }
  return value;
}

function resolveText(text: string, answers: ReadonlyMap<string, unknown>): unknown {
  const whole = new RegExp(`^${REFERENCE.source}$`).exec(text);
  if (whole) return valueAt(whole[1] ?? '', whole[2] ?? '', answers);
  return text.replaceAll(REFERENCE, (_, name: string, path: string) => String(valueAt(name, path, answers)));
}

function valueAt(name: string, path: string, answers: ReadonlyMap<string, unknown>): unknown {
  if (!answers.has(name)) {
    throw new ApiError(
      400,
      'PROCESSING_HALTED',
      `Invalid reference specified. No value for ${name}${path} found in the response of ${name}`,
    );
  }
  let current: unknown = answers.get(name);
  for (const [, key, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
    const step = key ?? index ?? '';
    const isContainer = typeof current === 'object' && current !== null;
    const found = isContainer
      ? Object.entries(current as object).find(
          ([candidate]) => candidate.toLowerCase() === step.toLowerCase(),
        )
      : undefined;
    if (!found) {
      throw new ApiError(
        400,
        'PROCESSING_HALTED',
        `Invalid reference specified. No value for ${name}${path} found in the response of ${name}`,
      );
    }
    current = found[1];
  }
  return current;
}
