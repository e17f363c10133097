import type { INodeProperties } from 'n8n-workflow';
import { Finvis } from '../../nodes/Finvis/Finvis.node';
import { Fondo } from '../../nodes/Fondo/Fondo.node';

const nodes = [new Fondo(), new Finvis()].map(({ description, methods }) => ({ name: description.displayName, description, methods }));

const inside = (property: INodeProperties): INodeProperties[] => [
	property,
	...(property.type === 'collection' ? ((property.options ?? []) as INodeProperties[]) : []),
	...(property.type === 'fixedCollection' ? (property.options ?? []).flatMap((group) => ('values' in group ? group.values : [])) : []),
];

describe.each(nodes)('the panel of $name', ({ name: node, description, methods }) => {
	const all = description.properties.flatMap(inside);

	test('every field has a label, a description and a default', () => {
		const menus = ['resource', 'operation', 'options', 'filters', 'additionalFields'];
		const bare = all.filter(
			({ name, displayName, description: words, default: initial }) =>
				!displayName || initial === undefined || (!words && !menus.includes(name)),
		);
		expect(bare).toEqual([]);
	});

	test('what is chosen from a list has a search behind it', () => {
		const wanted = all.flatMap(({ modes = [] }) => modes.map(({ typeOptions }) => typeOptions?.searchListMethod)).filter(Boolean);
		expect(wanted.length).toBeGreaterThan(0);
		expect([...new Set(wanted)].sort()).toEqual(Object.keys(methods.listSearch).sort());
	});

	test('locators start with the list', () => {
		for (const { type, modes, default: initial, name } of all) {
			if (type !== 'resourceLocator') continue;
			// Fondo has no list of these.
			const isWithoutList = ['journey', 'paymentInstruction', 'bankAccount'].includes(name);
			const byIban = node === 'Finvis' && name === 'account' ? ['iban'] : [];
			const ways = isWithoutList ? ['id'] : ['list', 'id', ...byIban];
			expect({ name, ways: modes?.map((mode) => mode.name), initial }).toEqual({ name, ways, initial: { mode: ways[0], value: '' } });
		}
	});

	test('menus are sorted, and optional fields too', () => {
		for (const { type, options, name } of description.properties) {
			if (!(type === 'collection' || name === 'resource' || name === 'operation')) continue;
			const labels = (options ?? []).map((option) => ('displayName' in option ? option.displayName : 'name' in option ? option.name : ''));
			expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
		}
	});

	test('version 1 keeps its first operations, and a new node begins with a read wherever there is one', () => {
		const menus = description.properties.filter(({ name }) => name === 'operation');
		const inVersion = (version: number) =>
			menus
				.filter(({ displayOptions }) => {
					const [of] = displayOptions?.show?.['@version'] ?? [version];
					return typeof of === 'number' ? of === version : version >= 1.1;
				})
				.map(({ displayOptions, default: initial }) => `${displayOptions?.show?.resource}.${initial}`);
		expect(inVersion(1)).toMatchSnapshot();
		expect(inVersion(1.1)).toMatchSnapshot();
	});

	test('an action is a sentence, a description adds to it, placeholders are examples', () => {
		for (const { name, options } of description.properties) {
			if (name !== 'operation') continue;
			for (const option of options ?? []) {
				if (!('action' in option)) throw new Error('an operation without an action');
				expect(option.action).toMatch(/^[A-Z][a-z]/);
				expect(option.description).not.toBe(option.action);
			}
		}
		for (const { placeholder, type } of all) if (placeholder && type === 'string') expect(placeholder).toMatch(/^e\.g\. /);
	});

	test('stored values are what saved workflows hold', () => {
		const stored = description.properties.map(({ name, displayOptions, options, type, modes }) => {
			const { resource, operation, '/operation': root } = displayOptions?.show ?? {};
			const values =
				type === 'options' || type === 'collection'
					? (options ?? []).map((option) => ('value' in option ? option.value : option.name))
					: undefined;
			return [[resource, operation ?? root, name].filter(Boolean).join('.'), values?.join(' ') ?? modes?.map((mode) => mode.name).join(' ')]
				.filter(Boolean)
				.join(': ');
		});
		expect([...new Set(stored)]).toMatchSnapshot();
	});
});
