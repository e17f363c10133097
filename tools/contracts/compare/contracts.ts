import { Differences, type Change, type Difference, type Side } from './difference';
import { FieldComparison } from './fields';
import { matchOperations, serversOf, type ApiDocument, type ApiOperation } from './operations';
import { ANY, type Raw } from './shape';

type Content = ReadonlyMap<string, unknown>;

const isSuccess = (status: string) => /^[23]/.test(status);
const pathOf = (route: string) => route.slice(route.indexOf('/'));

/** Media types with their schemas, `application/json; charset=utf-8` as `application/json`. */
const contentOf = (part: Raw): Content =>
	new Map(
		Object.entries((part.content ?? {}) as Raw).map(([type, media]) => [type.split(';')[0].trim().toLowerCase(), (media as Raw).schema]),
	);
const contentText = (content: Content) => [...content.keys()].sort().join(', ') || 'no body';
const schemaOf = (parameter: Raw) => parameter.schema ?? [...contentOf(parameter).values()][0] ?? ANY;

/** Compares two documents of one API, operation by operation. */
export function compareContracts(ours: ApiDocument, theirs: ApiDocument): Difference[] {
	const differences = new Differences();
	const fields = new FieldComparison(ours.schemas, theirs.schemas, differences);

	const compare = (route: string, side: Side, label: string, our: unknown, their: unknown, field?: string) =>
		fields.compare({ route, side, label, field, ours: our ?? ANY, theirs: their ?? ANY });

	function compareParameters({ route, parameters }: ApiOperation, other: ApiOperation) {
		for (const key of new Set([...parameters.keys(), ...other.parameters.keys()])) {
			const [our, their] = [parameters.get(key), other.parameters.get(key)];
			const name = String((our ?? their)?.name);
			const at = key.startsWith('path ') ? `path ${name}` : key;
			const found = (aspect: string, ourText: string, theirText: string, change: Change) =>
				differences.add(route, 'request', { at, aspect, ours: ourText, theirs: theirText, change }, '', name);
			const needed = (parameter?: Raw) => (parameter?.required === true ? 'required' : 'optional');
			// The address has a part at this place on both sides, also where one of them does not describe it.
			if (key.startsWith('path ') && !(our && their)) continue;
			if (!our) found('parameter', 'no such parameter', needed(their), needed(their) === 'required' ? 'narrower' : 'added');
			else if (!their) found('parameter', needed(our), 'no such parameter', 'other');
			else {
				if (needed(our) !== needed(their)) found('required', needed(our), needed(their), needed(our) === 'required' ? 'wider' : 'narrower');
				compare(route, 'request', at, schemaOf(our), schemaOf(their), name);
			}
		}
	}

	function compareContent(route: string, side: Side, label: string, our: Content, their: Content) {
		const shared = [...our.keys()].filter((type) => their.has(type));
		if (contentText(our) !== contentText(their)) {
			const change = our.size > 0 && shared.length === our.size ? 'added' : shared.length > 0 && side !== 'request' ? 'narrower' : 'other';
			differences.add(route, side, { at: label, aspect: 'media types', ours: contentText(our), theirs: contentText(their), change });
		}
		for (const type of shared) compare(route, side, label, our.get(type), their.get(type));
	}

	function compareBodies({ route, raw }: ApiOperation, other: ApiOperation) {
		const our = ours.schemas.resolve(raw.requestBody);
		const their = theirs.schemas.resolve(other.raw.requestBody);
		const needed = ({ required }: Raw) => (required === true ? 'required' : 'optional');
		if (contentOf(our).size > 0 && contentOf(their).size > 0 && needed(our) !== needed(their)) {
			const change = needed(our) === 'required' ? 'wider' : 'narrower';
			differences.add(route, 'request', { at: 'request', aspect: 'required', ours: needed(our), theirs: needed(their), change });
		}
		compareContent(route, 'request', 'request', contentOf(our), contentOf(their));
	}

	function compareAnswers({ route, raw }: ApiOperation, other: ApiOperation) {
		const our = (raw.responses ?? {}) as Raw;
		const their = (other.raw.responses ?? {}) as Raw;
		for (const status of new Set([...Object.keys(our), ...Object.keys(their)])) {
			const side = isSuccess(status) ? 'answer' : 'errorAnswer';
			const label = `answer ${status}`;
			const found = (ourText: string, theirText: string, change: Change) =>
				differences.add(route, side, { at: label, aspect: 'status', ours: ourText, theirs: theirText, change });
			if (!(status in our)) found('no such status', 'there', 'added');
			else if (!(status in their)) found('there', 'no such status', isSuccess(status) ? 'other' : 'narrower');
			else compareAnswer(route, side, label, ours.schemas.resolve(our[status]), theirs.schemas.resolve(their[status]));
		}
	}

	function compareAnswer(route: string, side: Side, label: string, our: Raw, their: Raw) {
		compareContent(route, side, label, contentOf(our), contentOf(their));
		const headersOf = (part: Raw) =>
			new Map(Object.entries((part.headers ?? {}) as Raw).map(([name, header]) => [name.toLowerCase(), header]));
		const [ourHeaders, theirHeaders] = [headersOf(our), headersOf(their)];
		for (const name of new Set([...ourHeaders.keys(), ...theirHeaders.keys()])) {
			const at = `${label}, header ${name}`;
			const text = (headers: Map<string, unknown>) => (headers.has(name) ? 'there' : 'no such header');
			if (ourHeaders.has(name) && theirHeaders.has(name)) {
				const [a, b] = [ours.schemas.resolve(ourHeaders.get(name)), theirs.schemas.resolve(theirHeaders.get(name))];
				compare(route, side, at, schemaOf(a), schemaOf(b), name);
			} else {
				const change = ourHeaders.has(name) ? 'narrower' : 'added';
				differences.add(route, side, { at, aspect: 'header', ours: text(ourHeaders), theirs: text(theirHeaders), change }, '', name);
			}
		}
	}

	const { both, onlyOurs, onlyTheirs } = matchOperations(ours, theirs);
	for (const [our, their] of both) {
		const { route } = our;
		const hasSlash = (path: string) => path.endsWith('/');
		if (hasSlash(route) !== hasSlash(their.route))
			differences.add(route, 'request', {
				at: 'address',
				aspect: 'slash',
				ours: pathOf(route),
				theirs: pathOf(their.route),
				change: 'other',
			});
		if (our.security !== their.security)
			differences.add(route, 'request', {
				at: 'security',
				aspect: 'security',
				ours: our.security,
				theirs: their.security,
				change: 'other',
			});
		compareParameters(our, their);
		compareBodies(our, their);
		compareAnswers(our, their);
	}
	const whole = { at: 'operation', aspect: 'operation' };
	for (const { route } of onlyOurs)
		differences.add(route, 'request', { ...whole, ours: 'there', theirs: 'no such operation', change: 'other' }, route);
	for (const { route } of onlyTheirs)
		differences.add(route, 'request', { ...whole, ours: 'no such operation', theirs: 'there', change: 'added' }, route);
	compareServers(ours, theirs, differences);
	return differences.all();
}

/** Addresses of the API. Those that only a developer of the vendor can use are left out. */
function compareServers(ours: ApiDocument, theirs: ApiDocument, differences: Differences) {
	const addresses = (document: ApiDocument) =>
		new Set(
			serversOf(document)
				.map((url) => url.replace(/\/$/, ''))
				.filter((url) => !/\/\/(localhost|127\.)|\/_mock\//.test(url)),
		);
	const [our, their] = [addresses(ours), addresses(theirs)];
	const add = (url: string, oursText: string, theirsText: string, change: Change) =>
		differences.add('', 'request', { at: `server ${url}`, aspect: 'server', ours: oursText, theirs: theirsText, change });
	for (const url of our) if (!their.has(url)) add(url, 'there', 'no such server', 'other');
	for (const url of their) if (!our.has(url)) add(url, 'no such server', 'there', 'added');
}
