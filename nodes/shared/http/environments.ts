import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import { hasControlCharacter } from '../core/plainText';

/** Base URLs by environment, from `servers` in contracts/*.openapi.yaml; `custom` uses the URL that the user enters. */
export type Environments = Readonly<Record<string, { readonly name: string; readonly url: string }>>;

/** The credential's fields Environment and Base URL. */
export function environmentProperties(environments: Environments, example: string): INodeProperties[] {
	const known = Object.entries(environments).map(([value, { name }]) => ({ name, value }));
	const options = [...known, { name: 'Custom URL', value: 'custom' }];
	return [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options,
			// A new credential moves no money.
			default: 'sandbox',
			description: "Where the API is. Sandbox is the vendor's own. Local Sandbox comes with this package.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: `e.g. ${example}`,
			description: 'Must start with https://, except on this machine',
			displayOptions: { show: { environment: ['custom'] } },
		},
	];
}

export const rehearsalProperty: INodeProperties = {
	displayName: 'Rehearsal',
	name: 'rehearsal',
	type: 'boolean',
	default: false,
	description:
		"Whether to hold back every write with this credential, so that you can try a workflow on real data. Reads go out. A write gets the outcome 'rehearsed' and shows what would have been sent. Nodes without this credential, e.g. for mail, act as always.",
};

/** Only `false` turns rehearsal off: any other value, e.g. of an expression that gives nothing for an item, holds writes back. */
export const isRehearsal = (credential: ICredentialDataDecryptedObject) => 'rehearsal' in credential && credential.rehearsal !== false;

/** A value of a credential without the spaces and invisible characters that come along when it is copied. */
export const trimmed = (value: unknown) =>
	String(value ?? '')
		.replace(/[\u200B\u2060]/g, '')
		.trim();

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

const EXAMPLE = 'Enter one such as https://api.example.se.';

/**
 * The base URL of a credential in one writing, without a trailing slash. Throws for plain http to another machine, because it would expose secrets,
 * and for anything but origin and path. No message repeats the text, because it may contain a password.
 */
export function baseUrlOf(environments: Environments, { environment, baseUrl }: ICredentialDataDecryptedObject): string {
	const known = Object.hasOwn(environments, String(environment)) ? environments[String(environment)].url : undefined;
	const url = known ?? trimmed(baseUrl);
	if (hasControlCharacter(url) || /\s/.test(url) || !URL.canParse(url))
		throw new Error(`'Base URL' of the credential is not a web address. ${EXAMPLE}`);
	const { protocol, hostname, username, password, search, hash } = new URL(url);
	if (username !== '' || password !== '' || search !== '' || hash !== '' || /[?#]/.test(url))
		throw new Error(`'Base URL' of the credential has a user, a query or a '#'. It is a host and a path only. ${EXAMPLE}`);
	if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return new URL(url).href.replace(/\/+$/, '');
	throw new Error(
		`'Base URL' of the credential must start with https://, not ${protocol}. Plain http:// is for this machine only (localhost, 127.0.0.1, [::1]).`,
	);
}

/** The base URL as an n8n expression: the credential test is data and cannot call `baseUrlOf`. */
export const baseUrlExpression = (environments: Environments) =>
	`={{ ${JSON.stringify(Object.fromEntries(Object.entries(environments).map(([key, { url }]) => [key, url]))).replace(/}/g, ' }')}[$credentials.environment] ?? $credentials.baseUrl.trim().replace(/\\/+$/, '') }}`;
