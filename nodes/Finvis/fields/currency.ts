import { text } from '../../shared/fields/text';

export const currency = text({ label: 'Currency', description: 'Currency of the report, as a three-letter code', example: 'SEK' });
