import { boolean } from '../../shared/fields/boolean';

export const validateOnly = boolean({ label: 'Validate Only', description: 'Whether to let Fondo check the order without placing it' });
