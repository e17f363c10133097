import { colleagueOf } from './owner';
import type { Account } from '../harness/n8n/client';
import type { StackPorts } from '../harness/stack';

/** The addresses of the editor and the sandbox of a demo, and how to log in. */
export const howToLookAround = (
	{ editorUrl, ports, owner }: { editorUrl: string; ports: StackPorts; owner: Account },
	workflow: { id: string },
) => `The editor     ${editorUrl}/workflow/${workflow.id}
Log in with    ${owner.email}  password ${owner.password}
To approve     ${colleagueOf(owner).email}, a second person with the same password
The sandbox    http://127.0.0.1:${ports.admin}/  ledger, approvals, faults and clock`;
