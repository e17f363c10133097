import { day } from '../../shared/fields/date';

export const dateFrom = day({ label: 'Date From', description: 'The first day', example: '2026-03-01' });
export const dateTo = day({ label: 'Date To', description: 'The last day', example: '2026-03-31' });
