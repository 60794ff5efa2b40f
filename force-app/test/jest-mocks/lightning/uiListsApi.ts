import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

export const getListInfosByObjectName = createTestWireAdapter(jest.fn());
export const getListRecordsByName = createTestWireAdapter(jest.fn());
