import { buildSchema } from './customObjects.ts';
import type { OrgFeatures } from './customObjects.ts';
import { readCustomMetadataRecords } from './customMetadataRecords.ts';
import type { CustomMetadataRecord } from './customMetadataRecords.ts';
import { readMetadataFiles } from './metadataFiles.ts';
import { readPermissionSets } from './permissionSets.ts';
import type { PermissionSetDefinition } from './permissionSets.ts';
import type { Schema } from './schema.ts';
import { readValidationRules } from './validationRules.ts';
import type { ValidationRule } from './validationRules.ts';

export interface OrgMetadata {
  readonly schema: Schema;
  readonly permissionSets: readonly PermissionSetDefinition[];
  readonly customMetadataRecords: readonly CustomMetadataRecord[];
  readonly validationRules: readonly ValidationRule[];
}

/** Reads everything that the org knows about itself. Throws, naming the file, where the metadata is wrong. */
export function loadMetadata(
  directories: readonly string[],
  features: OrgFeatures = { hasForecasting: true },
): OrgMetadata {
  const files = readMetadataFiles(directories);
  const schema = buildSchema(files, features);
  return {
    schema,
    permissionSets: readPermissionSets(files, schema),
    customMetadataRecords: readCustomMetadataRecords(files, schema),
    validationRules: readValidationRules(files, schema),
  };
}
