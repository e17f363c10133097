import { UserError } from '../core/userError';
import type { Field } from './field';

/** A switch, off by default. Its description starts with "Whether". Nothing but true and false is understood: a guess could move money. */
export const boolean = ({ label, description }: { label: string; description: `Whether ${string}` }): Field<boolean> => ({
	property: { displayName: label, type: 'boolean', default: false, description },
	example: true,
	read: (value) => {
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		return new UserError(`'${String(value)}' is neither true nor false`, 'Give true or false.');
	},
});
