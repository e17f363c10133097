import { OWNER, type StackPorts } from '../harness/stack';

/** The addresses of the editor and the sandbox of a demo, and how to log in. */
export const howToLookAround = (
	{ editorUrl, ports }: { editorUrl: string; ports: StackPorts },
	workflow: { id: string },
) => `The editor     ${editorUrl}/workflow/${workflow.id}
Log in with    ${OWNER.email}  password ${OWNER.password}
The sandbox    http://127.0.0.1:${ports.admin}/  ledger, approvals, faults and clock`;
