import { OWNER } from '../stack.mjs';

/** Where the editor and the sandbox of a demo are, and how to get in. */
export const howToLookAround = ({ editorUrl, ports }, workflow) => `The editor     ${editorUrl}/workflow/${workflow.id}
Log in with    ${OWNER.email}  password ${OWNER.password}
The sandbox    http://127.0.0.1:${ports.admin}/  ledger, approvals, faults and clock`;
