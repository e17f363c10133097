import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Fields, Values } from '../fields/field';
import type { ApiRequest, Send } from '../transport/call';

/** What it takes to turn one call into items. */
export interface Call {
	readonly context: IExecuteFunctions;
	readonly client: Send;
	readonly request: ApiRequest;
	/** Values of the output's own fields, and of the operation's. */
	readonly values: Values;
	/** Only what the user wants to see of a result. */
	readonly select: (json: IDataObject) => IDataObject;
}

/** How an answer becomes items, and the fields that this needs in the panel. Pairing is the runner's work. */
export interface Output {
	readonly fields: Fields;
	readonly read: (call: Call) => Promise<INodeExecutionData[]>;
	/** Fields that stay whatever the user selects; `select` knows them. */
	readonly keeps?: readonly string[];
	/** Puts the execution to wait: for one item only, and never for an AI. */
	readonly waits?: true;
}
