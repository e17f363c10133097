import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers } from 'n8n-workflow';
import { FinvisApi } from '../../credentials/FinvisApi.credentials';
import { FondoApi } from '../../credentials/FondoApi.credentials';

type Stored = Record<string, ICredentialDataDecryptedObject>;

/** Credential storage in memory; it lives in the n8n server, so its rule for `preAuthentication` is repeated here. */
export class MemoryCredentials extends ICredentialsHelper {
	private readonly types: Record<string, ICredentialType> = { fondoApi: new FondoApi(), finvisApi: new FinvisApi() };

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
		return this.types[name].properties;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used by the request helpers');
	}

	async getDecrypted(_additional: IWorkflowExecuteAdditionalData, { id }: { id: string | null }, name: string) {
		const data = { ...this.stored[String(id)] };
		return NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(name),
			data as never,
			true,
			false,
			null,
			null,
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
		const output = await this.types[name].preAuthentication!.call(helpers, credentials);
		const id = String(node.credentials![name].id);
		this.stored[id] = { ...this.stored[id], ...(output as ICredentialDataDecryptedObject) };
		return Object.assign(credentials, output);
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, name: string, options: IHttpRequestOptions) {
		const { authenticate } = this.types[name];
		return typeof authenticate === 'function' ? await authenticate.call(this.types[name], credentials, options) : options;
	}
}
