import { parseFormula, type Formula } from './formula.ts';
import { withFile, type MetadataFiles } from './metadataFiles.ts';
import type { Schema } from './schema.ts';

/** What a record must not be. */
export interface ValidationRule {
  readonly objectName: string;
  /** True of a record that is refused. */
  readonly condition: Formula;
  readonly message: string;
  /** The field to which the message belongs; null for the whole record. */
  readonly fieldName: string | null;
}

/** The active validation rules. Throws, naming the file, where a formula or its fields are not known here. */
export function readValidationRules(files: MetadataFiles, schema: Schema): ValidationRule[] {
  return files.validationRule
    .filter((file) => file.content.isTrue('active'))
    .map((file) =>
      withFile(file, (content) => {
        const object = schema.object(file.objectName);
        if (!object) throw new Error(`A rule of ${file.objectName}, which is unknown`);
        const fieldNamed = (name: string): string => {
          const field = schema.field(object, name);
          if (!field) throw new Error(`${object.name} has no field ${name}`);
          return field.name;
        };
        const errorField = content.value('errorDisplayField');
        return {
          objectName: object.name,
          condition: parseFormula(content.required('errorConditionFormula'), fieldNamed),
          message: content.required('errorMessage'),
          fieldName: errorField === undefined ? null : fieldNamed(errorField),
        };
      }),
    );
}
