import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import type { Connection } from '../http/connection';
import { shownCorrections } from '../http/corrections';
import type { ApiRequest, SendRequest } from '../http/request';
import type { ResultMode } from '../output/resultMode';

/** The result of one check: what it found, in one line, and what to do; `instruction` is empty when nothing is to be done. */
export interface Finding {
	readonly check: string;
	readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
	readonly finding: string;
	readonly instruction: string;
}

/** Input of the checks. */
export interface DiagnosticsContext {
	readonly context: IExecuteFunctions;
	readonly client: SendRequest;
	/** The operation's own call, which the host check makes without a token. */
	readonly request: ApiRequest;
	readonly connection: Connection;
	readonly credentials: ICredentialDataDecryptedObject;
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

export const ok = (check: string, finding: string): Finding => ({ check, status: 'ok', finding: inOneLine(finding), instruction: '' });

/** A finding that is not ok; it always has an instruction. */
export const notOk = (check: string, status: 'warning' | 'failed' | 'skipped', finding: string, instruction: string): Finding => ({
	check,
	status,
	finding: inOneLine(finding),
	instruction: inOneLine(instruction),
});

/** A check that depends on an earlier check that failed. */
export const notChecked = (check: string): Finding =>
	notOk(check, 'skipped', 'Not known, because an earlier check failed', 'Correct what failed first.');

/** Which corrections of the credential act; nothing where there is none. */
const correctionsFinding = ({ corrections }: Connection): readonly Finding[] =>
	corrections === undefined ? [] : [ok('Vendor corrections', `These act: ${shownCorrections(corrections)}`)];

/** Result mode of Check Setup: one item per finding. A failed check is a finding, not an error of the node. */
export const findings = (check: (setup: DiagnosticsContext) => Promise<readonly Finding[]>): ResultMode => ({
	fields: {},
	keeps: ['check', 'status'],
	execute: async ({ context, client, request, select, connectionOf, credential }) => {
		const credentials = await context.getCredentials(credential);
		const connection = connectionOf(credentials);
		const results = await check({ context, client, request, credentials, connection });
		return [...results, ...correctionsFinding(connection)].map((result) => ({ json: select({ ...result }) }));
	},
});
