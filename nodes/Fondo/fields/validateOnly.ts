import { flag } from '../../shared/fields/flag';

export const validateOnly = flag({ label: 'Validate Only', description: 'Whether to let Fondo check the order without placing it' });
