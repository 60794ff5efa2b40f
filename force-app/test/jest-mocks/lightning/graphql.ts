import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

export const graphql = createTestWireAdapter(jest.fn());

/** The text of a query, which names it well enough for a test. */
export const gql = ([text = '']: TemplateStringsArray): string => text;
