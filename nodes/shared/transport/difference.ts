import type { IDataObject } from 'n8n-workflow';
import { compare, isDecimal } from '../decimal';
import { masked, numbersIn } from '../checks/masked';

const isSame = (a: unknown, b: unknown) => (isDecimal(a) && isDecimal(b) ? compare(a, b) === 0 : String(a) === String(b));

/** What an object of an API shows otherwise than it was sent, field by field; undefined where all that can be compared is the same. */
export function difference(sent: IDataObject, found: IDataObject): string | undefined {
	const others = Object.entries(sent).filter(
		([name, value]) => value !== undefined && found[name] !== undefined && !isSame(found[name], value),
	);
	if (others.length === 0) return undefined;
	return masked(
		others.map(([name, value]) => `${name} was ${String(found[name])}, now ${String(value)}`).join('; '),
		numbersIn([sent, found]),
	);
}
