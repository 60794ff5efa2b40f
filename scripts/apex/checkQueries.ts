import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSoqlCheck, type SoqlCheck } from '@scoreline/sandbox/soqlCheck';
import { readApex, type FoundQuery } from './apexQueries.ts';
import { reportFaults } from './runJava.ts';
import { readServerSource } from './serverQueries.ts';

/** What in the queries of Apex and of the relay does not fit the schema that the local org reads. */
export function queryFaults(projectDirectory: string): string[] {
  const check = createSoqlCheck(
    ['force-app', 'force-app-settings'].map((folder) => join(projectDirectory, folder)),
  );
  const read = (file: string): string => readFileSync(join(projectDirectory, file), 'utf8');
  const apex = globSync('force-app/**/*.{cls,trigger}', { cwd: projectDirectory }).sort();
  const relay = globSync('server/src/crm/**/*.ts', { cwd: projectDirectory }).sort();
  return [
    ...apex.flatMap((file) => apexFaults(check, file, read(file))),
    ...relay.flatMap((file) => soqlFaults(check, file, readServerSource(file, read(file)))),
  ];
}

function apexFaults(check: SoqlCheck, file: string, source: string): string[] {
  const { queries, customNames, dynamicQueryLines } = readApex(source);
  return [
    ...soqlFaults(check, file, queries),
    ...customNames
      .filter(({ name }) => !isKnown(check, name))
      .map(({ line, name }) => `${file}:${line} ${name} is the name of nothing in the schema`),
    ...dynamicQueryLines.map(
      (line) =>
        `${file}:${line} A query that is put together as text cannot be checked; write it in brackets`,
    ),
  ];
}

/** Whether any object, field or relationship has this name; which one is the type check's to say. */
function isKnown({ schema }: SoqlCheck, name: string): boolean {
  return (
    schema.object(name) !== undefined ||
    schema.objects.some(
      (object) =>
        schema.field(object, name) !== undefined ||
        schema.parentField(object, name) !== undefined ||
        schema
          .childRelationships(object)
          .some((relationship) => relationship.name.toLowerCase() === name.toLowerCase()),
    )
  );
}

function soqlFaults(check: SoqlCheck, file: string, queries: readonly FoundQuery[]): string[] {
  return queries.flatMap(({ line, soql }) => {
    const fault = check.faultOf(soql);
    return fault === null ? [] : [`${file}:${line} ${fault}\n  ${soql.replaceAll(/\s+/gu, ' ')}`];
  });
}

if (import.meta.main) reportFaults('queries', () => queryFaults(resolve(import.meta.dirname, '../..')));
