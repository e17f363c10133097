/** More of what only a caller over HTTP sees: files, links between pages, redirects, IDs as numbers. */
import type { Api, Behaviour, Position } from '../position';

const wire = (api: Api, axis: string, name: string, sentence: string, hooks: Partial<Behaviour>, node?: Position['node']): Position => ({
	name,
	api,
	axis,
	sentence,
	node,
	wire: true,
	hooks,
});

const file = (name: string, sentence: string, shown: Behaviour['file']) =>
	wire('fondo', 'form of an agreement', `agreements-${name}`, sentence, { file: shown }, 'works');

/** IDs get numbers in the order in which they are first shown. */
function numbering(first: bigint): NonNullable<Behaviour['idNumber']> {
	const numbers = new Map<string, bigint>();
	const ids = new Map<string, string>();
	return {
		write: (id) => {
			const number = numbers.get(id) ?? first + BigInt(numbers.size);
			numbers.set(id, number);
			ids.set(String(number), id);
			return number <= Number.MAX_SAFE_INTEGER ? Number(number) : number;
		},
		read: (number) => ids.get(number),
	};
}

function of(api: Api, vendor: string): readonly Position[] {
	return [
		wire(api, 'writing of IDs', `${api}-ids-as-numbers`, `${vendor} writes IDs as numbers.`, { idNumber: numbering(48_000_001n) }),
		wire(api, 'writing of IDs', `${api}-ids-above-2-53`, `${vendor} writes IDs as numbers above 2^53.`, {
			idNumber: numbering(2n ** 53n + 1n),
		}),
	];
}

const withLink = (address: (next: string) => string): Partial<Behaviour> => ({
	listBody: ({ rows }) => rows,
	listHeaders: ({ links }): Readonly<Record<string, string>> =>
		links.next === null ? {} : { Link: `<${address(links.next)}>; rel="next"` },
});

const redirect = (status: NonNullable<Behaviour['redirectsToSlash']>) =>
	wire(
		'finvis',
		'paths without a slash',
		`finvis-redirects-${status}`,
		`Finvis redirects a path without a slash at its end with ${status}.`,
		{ redirectsToSlash: status },
		'works',
	);

const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '');

export const wirePositions: readonly Position[] = [
	file('as-octet-stream', 'Fondo sends an agreement as bytes of no named type.', (body) => ({
		headers: { 'content-type': 'application/octet-stream' },
		body,
	})),
	file('in-base64', 'Fondo sends an agreement as base64 in JSON.', (bytes) => ({
		headers: { 'content-type': 'application/json' },
		body: { fileName: 'agreement.pdf', contentType: 'application/pdf', content: Buffer.from(bytes).toString('base64') },
	})),
	file('as-link', 'Fondo answers the address of an agreement, at the same host.', (_bytes, url) => ({
		headers: { 'content-type': 'application/json' },
		body: { url: `${url}/` },
	})),
	...of('fondo', 'Fondo'),
	...of('finvis', 'Finvis'),
	wire(
		'finvis',
		'shape of lists',
		'finvis-next-in-a-link-header',
		'Finvis names the next page in a `Link` header.',
		withLink(String),
		'works',
	),
	wire(
		'finvis',
		'shape of lists',
		'finvis-next-as-path-in-a-link-header',
		'Finvis names the next page by its path in a `Link` header.',
		withLink(pathOf),
		'works',
	),
	wire(
		'finvis',
		'shape of lists',
		'finvis-next-in-a-link-header-elsewhere',
		'Finvis names a next page on another host in a `Link` header.',
		withLink((next) => `https://elsewhere.invalid${pathOf(next)}`),
	),
	...([301, 302, 307, 308] as const).map(redirect),
];
