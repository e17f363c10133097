import { N8nClient, type SavedCredential } from '../n8n/client';
import type { Owner } from '../n8n/workflow';
import { controlledService } from '../processControl';
import { SandboxClient } from '../sandbox';
import type { Restartable } from '../service';
import { credentialsFor, OWNER, saveCredentials, type FinvisCredential, type FondoCredential, type StackPorts } from '../stack';
import type { StackDescription } from './globalStack';
import { setupResult } from './setupResult';

/** n8n as its owner sees it. A test file may exchange the credentials. */
export class TestOwner implements Owner {
	credentials: SavedCredential[] = [];

	readonly client: N8nClient;

	constructor(
		editorUrl: string,
		private readonly sandbox: SandboxClient,
	) {
		this.client = new N8nClient(editorUrl);
	}

	/** Signs in and saves both credentials; also after a restart of n8n. */
	async signIn(): Promise<void> {
		await this.client.signIn(OWNER);
		this.credentials = await saveCredentials(this.client, this.sandbox);
	}

	/** Turns off what earlier tests published, empties the sandbox, and makes n8n a client that has sent nothing to it. */
	async newWorld(): Promise<void> {
		await this.client.signIn(OWNER);
		await this.client.unpublishAll();
		await this.sandbox.reset();
		this.credentials = await saveCredentials(this.client, this.sandbox);
	}

	/** The saved credential of a type. */
	credential(type: string): SavedCredential {
		const found = this.credentials.find((one) => one.type === type);
		if (!found) throw new Error(`There is no credential of the type ${type}`);
		return found;
	}
}

export interface TestStack {
	readonly ports: StackPorts;
	readonly tarball: string;
	/** n8n's user folder. */
	readonly dataFolder: string;
	readonly editorUrl: string;
	readonly sandbox: SandboxClient;
	/** n8n itself. It can stop or die, and start again on the same data and address. */
	readonly n8n: Restartable;
	/** Signed in before the first test, with both credentials saved. */
	readonly owner: TestOwner;
	readonly fondo: FondoCredential;
	readonly finvis: FinvisCredential;
	/** Another program of the stack that a test may control. */
	service(name: string): Restartable;
	/** What the globalSetup of the project adds. */
	extra<T>(): T;
}

let stack: TestStack | undefined;

/** The running stack of this project. Each test file begins with a fresh sandbox and a signed-in owner. */
export function useStack(): TestStack {
	if (stack) return stack;
	const { ports, tarball, dataFolder, editorUrl, controlUrl, extra } = setupResult<StackDescription>();
	const sandbox = new SandboxClient(ports);
	const owner = new TestOwner(editorUrl, sandbox);
	const [fondo, finvis] = credentialsFor(sandbox);
	beforeAll(async () => await owner.newWorld());
	const service = (name: string) => controlledService(controlUrl, name);
	stack = {
		ports,
		tarball,
		dataFolder,
		editorUrl,
		sandbox,
		n8n: service('n8n'),
		owner,
		fondo,
		finvis,
		service,
		extra: <T>() => extra as T,
	};
	return stack;
}
