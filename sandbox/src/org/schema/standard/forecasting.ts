import { checkbox, field, lookup, systemFields, text } from '../fieldBuilders.ts';
import type { ObjectDefinition } from '../model.ts';

/** Quotas of Collaborative Forecasts. An org that has not switched forecasts on lacks the object altogether. */
export function forecastingObjects(): ObjectDefinition[] {
  return [
    {
      name: 'ForecastingQuota',
      label: 'Forecasting Quota',
      labelPlural: 'Forecasting Quotas',
      kind: 'setup',
      sharing: 'ReadWrite',
      keyPrefix: '0J9',
      fields: [
        ...systemFields(),
        lookup('QuotaOwnerId', ['User'], 'ForecastingQuotas', { nillable: false, label: 'Quota Owner ID' }),
        // The first day of the month or quarter.
        field('StartDate', 'date', { nillable: false }),
        field('QuotaAmount', 'currency', { precision: 18, scale: 2 }),
        field('QuotaQuantity', 'double', { precision: 18, scale: 2 }),
        checkbox('IsAmount', { label: 'Amount' }),
        checkbox('IsQuantity', { label: 'Quantity' }),
        text('ProductFamily', 255),
      ],
    },
  ];
}
