import fc from 'fast-check';

/** What breaks out of quotes, comments, identifiers and placeholders. */
const PARTS = ["'", '"', '\\', '%', '_', ';', '--', '/*', '*/', '$1', '$$', ')', '(', ' OR ', 'a', '\n', 'é'];

/** Hostile text in every order, at least one part of it. */
export function hostileText(moreParts: readonly string[] = []): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...PARTS, ...moreParts), { minLength: 1 }).map((parts) => parts.join(''));
}
