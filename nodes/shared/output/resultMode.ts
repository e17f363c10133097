import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Fields, Values } from '../fields/field';
import type { Connection } from '../http/connection';
import type { ReadNames } from '../http/names';
import type { ApiRequest, SendRequest } from '../http/request';

/** What all runs with the connection of the item share. */
export interface Shared {
	readonly connection: Connection;
	readonly names: ReadNames;
	/** One thing of a name, made when it is first asked for. */
	readonly once: <T extends object>(name: string, make: () => T) => T;
}

/** Input of `ResultMode.execute`. */
export interface ResultContext {
	readonly context: IExecuteFunctions;
	readonly client: SendRequest;
	/** Name of the credential type. */
	readonly credential: string;
	readonly connectionOf: (credential: ICredentialDataDecryptedObject) => Connection;
	readonly request: ApiRequest;
	/** Values of the operation's fields and of the result mode's own fields. */
	readonly values: Values;
	readonly shared: () => Promise<Shared>;
	/** Shows a sentence above the output, once a run. */
	readonly hint: (message: string) => void;
	/** Reduces a result to the fields that the user selected. */
	readonly select: (json: IDataObject) => IDataObject;
}

/** Makes the calls of an operation and turns the responses into items. `runItems` adds the pairing. */
export interface ResultMode {
	/** Fields that this mode adds to the panel. */
	readonly fields: Fields;
	readonly execute: (call: ResultContext) => Promise<INodeExecutionData[]>;
	/** Fields that `select` never removes. */
	readonly keeps?: readonly string[];
	/** The optional fields of the read are no filters. */
	readonly noFilters?: true;
	/** The execution waits for an event. Allowed for one item only, and never in a tool of an AI Agent. */
	readonly waits?: true;
}
