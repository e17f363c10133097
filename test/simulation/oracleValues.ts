/** When two values are the same although they are written differently. The node has its own rules; these know nothing of them. */

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** One form for references that look alike: Unicode forms, spaces and hyphens of every kind, invisible characters. */
export const fold = (text: string) =>
	text
		.normalize('NFKC')
		.replace(/[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu, '')
		.replace(/[\p{Pd}\u2212]/gu, '-')
		.replace(/[\s\p{Z}]+/gu, ' ')
		.trim();

/** An amount as digits and an exponent, so that 1E+1, 10, "10.00" and "10,00" are equal; undefined for what is no amount. */
function decimal(value: unknown): string | undefined {
	const match = /^([-+]?)(\d+)(?:[.,](\d+))?(?:e([-+]?\d+))?$/i.exec(String(value).trim());
	if (!match) return undefined;
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
	const digits = (whole + fraction).replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	return `${sign === '-' ? '-' : ''}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

const AMOUNT = /amount|units|total|balance|price/i;
const DAY = /date/i;
const PERSON = /^(executorRef|ssn)$/;
const CODE = /^(orderType|instrument|currency|type|country|feeType|accountServiceType)$/;
const ACCOUNT = /^(value|iban|bban)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Fields that the vendor may cut or change without the object being another one. */
const WRITTEN_BY_VENDOR = new Set(['id', 'name', 'clientRef', 'end_to_end_id', 'status']);

function sameScalar(name: string, a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (AMOUNT.test(name)) {
		const amount = decimal(a);
		return amount !== undefined && amount === decimal(b);
	}
	const left = fold(String(a));
	const right = fold(String(b));
	if (DAY.test(name)) return left.slice(0, 10) === right.slice(0, 10);
	if (PERSON.test(name) && /\d{10}/.test(left.replace(/\D/g, '')))
		return left.replace(/\D/g, '').slice(-10) === right.replace(/\D/g, '').slice(-10);
	if (ACCOUNT.test(name)) return left.replace(/[ -]/g, '').toUpperCase() === right.replace(/[ -]/g, '').toUpperCase();
	if (CODE.test(name) || UUID.test(left)) return left.toLowerCase() === right.toLowerCase();
	return left === right;
}

/** Every element of one list has an equal of its own in the other, in any order. */
function sameSet(name: string, a: readonly unknown[], b: readonly unknown[], ignored: ReadonlySet<string>): boolean {
	if (a.length !== b.length) return false;
	const left = [...b];
	return a.every((one) => {
		const index = left.findIndex((other) => covered(name, one, other, ignored));
		if (index >= 0) left.splice(index, 1);
		return index >= 0;
	});
}

function covered(name: string, asked: unknown, seen: unknown, ignored: ReadonlySet<string>): boolean {
	if (asked === undefined || asked === null) return true;
	if (Array.isArray(asked)) return Array.isArray(seen) && sameSet(name, asked, seen, ignored);
	if (isFields(asked))
		return isFields(seen) && Object.entries(asked).every(([key, value]) => ignored.has(key) || covered(key, value, seen[key], ignored));
	return seen !== undefined && seen !== null && sameScalar(name, asked, seen);
}

const NONE: ReadonlySet<string> = new Set();

/** Everything that was asked for is in what was sent. More may have been sent. */
export const isCovered = (asked: unknown, sent: unknown) => covered('', asked ?? {}, sent ?? {}, NONE);

/** Nothing that an object shows contradicts what was asked for. It may show less. */
export function contradicts(asked: unknown, shown: unknown): boolean {
	const object = fieldsOf(shown);
	// Fondo calls the payments of an instruction `instructions` in its answers.
	const seen: Fields = 'instructions' in object ? { ...object, payments: object.instructions } : object;
	return Object.entries(fieldsOf(asked)).some(
		([name, value]) => !WRITTEN_BY_VENDOR.has(name) && seen[name] !== undefined && !covered(name, value, seen[name], WRITTEN_BY_VENDOR),
	);
}

export const samePath = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
	Object.entries(a).every(([name, value]) => b[name] === undefined || b[name].toLowerCase() === value.toLowerCase());

/** References inside a body that belong to single payments. */
export function innerReferences(body: unknown): string[] {
	const { payments } = fieldsOf(body);
	if (!Array.isArray(payments)) return [];
	return payments.flatMap((payment) => {
		const { clientRef, end_to_end_id: endToEnd } = fieldsOf(payment);
		return [clientRef, endToEnd]
			.filter((reference) => typeof reference === 'string' && reference !== '')
			.map((reference) => fold(String(reference)));
	});
}

const OTHER_REFERENCE =
	/\b(new|another|other|different|own|fresh|unused|unique|separate)\s+(\p{L}+\s+){0,2}references?\b|\breferences?\s+of\s+(its|their|your)\s+own\b|\bchange\s+(the|its|your)\s+reference\b/iu;
const NEGATION = /\b(not|never|no|without|instead of|don['’]t|cannot)\b/i;

/** Whether a text advises another reference. A sentence that forbids it does not. */
export const advisesOtherReference = (text: string) =>
	text.split(/(?<=[.;!?:])\s+|\n|,\s*(?:and|then|or|but)\s+/).some((sentence) => {
		const match = OTHER_REFERENCE.exec(sentence);
		return match !== null && !NEGATION.test(sentence.slice(0, match.index));
	});
