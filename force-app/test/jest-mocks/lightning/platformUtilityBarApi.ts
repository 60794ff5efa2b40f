import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

export const EnclosingUtilityId = createTestWireAdapter(jest.fn());
export const updateUtility = jest.fn(() => Promise.resolve(true));
export const open = jest.fn(() => Promise.resolve(true));
export const getAllUtilityInfo = jest.fn(() => Promise.resolve([{ id: 'utility-1', utilityVisible: false }]));
