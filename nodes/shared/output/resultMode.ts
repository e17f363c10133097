import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../http/connection';
import type { Fields, Values } from '../fields/field';
import type { ApiRequest, SendRequest } from '../http/request';

/** What it takes to turn one call into items. */
export interface ResultContext {
	readonly context: IExecuteFunctions;
	readonly client: SendRequest;
	/** Name of the credential type. */
	readonly credential: string;
	readonly connectionOf: (credential: ICredentialDataDecryptedObject) => Connection;
	readonly request: ApiRequest;
	/** Values of the output's own fields, and of the operation's. */
	readonly values: Values;
	/** Only what the user wants to see of a result. */
	readonly select: (json: IDataObject) => IDataObject;
}

/** How an answer becomes items, and the fields that this needs in the panel. Pairing is the runner's work. */
export interface ResultMode {
	readonly fields: Fields;
	readonly execute: (call: ResultContext) => Promise<INodeExecutionData[]>;
	/** Fields that stay whatever the user selects; `select` knows them. */
	readonly keeps?: readonly string[];
	/** Puts the execution to wait: for one item only, and never for an AI. */
	readonly waits?: true;
}
