import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import type { ApiRequest, SendRequest } from '../http/request';
import type { Connection } from '../http/connection';

/** What one check found, in one line, and what to do about it; `instruction` is empty when there is nothing to do. */
export interface Finding {
	readonly check: string;
	readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
	readonly finding: string;
	readonly instruction: string;
}

/** All that a check may look at. */
export interface DiagnosticsContext {
	readonly context: IExecuteFunctions;
	readonly client: SendRequest;
	/** The operation's own call, as a way to ask whether anybody is there. */
	readonly request: ApiRequest;
	readonly connection: Connection;
	readonly credentials: ICredentialDataDecryptedObject;
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

export const ok = (check: string, finding: string): Finding => ({ check, status: 'ok', finding: inOneLine(finding), instruction: '' });

/** `instruction` is never empty here: what is not well says what to do. */
export const notOk = (check: string, status: 'warning' | 'failed' | 'skipped', finding: string, instruction: string): Finding => ({
	check,
	status,
	finding: inOneLine(finding),
	instruction: inOneLine(instruction),
});
