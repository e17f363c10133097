import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers, Workflow } from 'n8n-workflow';
import { FinvisApi } from '../../credentials/FinvisApi.credentials';
import { FondoApi } from '../../credentials/FondoApi.credentials';

const NO_NODE: INode = { id: '', name: '', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} };
const noType = { description: { properties: [] } };
const NO_TYPES = { getByName: () => noType, getByNameAndVersion: () => noType, getKnownTypes: () => ({}) };

/** The workflow of an expression without data. */
const ALONE = new Workflow({ nodes: [NO_NODE], connections: {}, active: false, nodeTypes: NO_TYPES as never });

type Stored = Record<string, ICredentialDataDecryptedObject>;

/** As n8n, which loads each type once. */
const TYPES: Record<string, ICredentialType> = { fondoApi: new FondoApi(), finvisApi: new FinvisApi() };

/** Credential storage in memory; it lives in the n8n server, so its rule for `preAuthentication` is repeated here. */
export class MemoryCredentials extends ICredentialsHelper {
	constructor(readonly stored: Stored) {
		super();
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	getCredentialsProperties(name: string) {
		return TYPES[name].properties;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used by the request helpers');
	}

	/** As the n8n server does: an expression means what it gives for the item, or without an item what it gives without data. */
	async getDecrypted(
		_additional: IWorkflowExecuteAdditionalData,
		{ id }: { id: string | null },
		name: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		_raw?: boolean,
		item?: ICredentialsExpressionResolveValues,
	) {
		const stored = { ...this.stored[String(id)] } as INodeParameters;
		const data = NodeHelpers.getNodeParameters(this.getCredentialsProperties(name), stored, true, false, null, null) as INodeParameters;
		if (item === undefined) {
			return ALONE.expression.getComplexParameterValue(
				NO_NODE,
				data,
				mode,
				{},
				undefined,
				undefined,
				data,
			) as ICredentialDataDecryptedObject;
		}
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = item;
		return workflow.expression.getParameterValue(
			data,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			{},
			executeData,
			false,
			data,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	async runPreAuthentication() {
		return undefined;
	}

	/** As the n8n server does: run when the expirable field is empty or the API answered 401, then store what came. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		name: string,
		node: INode,
		expired: boolean,
	) {
		if (credentials.accessToken && !expired) return undefined;
		const output = await TYPES[name].preAuthentication!.call(helpers, credentials);
		const id = String(node.credentials![name].id);
		this.stored[id] = { ...this.stored[id], ...(output as ICredentialDataDecryptedObject) };
		return Object.assign(credentials, output);
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, name: string, options: IHttpRequestOptions) {
		const { authenticate } = TYPES[name];
		return typeof authenticate === 'function' ? await authenticate.call(TYPES[name], credentials, options) : options;
	}
}
