import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;
export type LineEnding = keyof typeof LINE_ENDINGS;

/** An upload that is no CSV of the job's kind; the message is what the job fails with. */
export class InvalidUpload extends Error {}

/** Reads an upload: its columns and its rows. Throws {@link InvalidUpload}. */
export function readCsv(
  text: string,
  lineEnding: LineEnding,
): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const [firstLine] = text.split('\n', 1);
  const hasReturn = firstLine?.endsWith('\r') ?? false;
  if (text.includes('\n') && hasReturn !== (lineEnding === 'CRLF')) {
    throw new InvalidUpload(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
    );
  }
  const [columns, ...rows] = parseRows(text, lineEnding);
  if (!columns) throw new InvalidUpload('InvalidBatch : Unable to find the column names of the upload');
  return { columns: columns.map((name) => name.trim()), rows };
}

function parseRows(text: string, lineEnding: LineEnding): string[][] {
  try {
    return parse(text, { bom: true, record_delimiter: LINE_ENDINGS[lineEnding], skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) throw new InvalidUpload(`InvalidBatch : ${error.message}`);
    throw error;
  }
}

/** Writes rows below their columns, every cell in quotes as the org does. */
export function writeCsv(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  lineEnding: LineEnding,
): string {
  return stringify(
    [columns, ...rows].map((cells) => [...cells]),
    {
      quoted: true,
      quoted_empty: true,
      record_delimiter: LINE_ENDINGS[lineEnding],
    },
  );
}
