import { randomBytes } from 'node:crypto';
import type { Account } from './n8n/client';

/** A password as n8n asks for: a capital letter, a digit, and long. */
export const newPassword = (): string => `Sandbox-1-${randomBytes(18).toString('base64url')}`;

/** The setup of a test project starts n8n, and its tests sign in: they are one process, or one started the other. */
const PASSWORD = 'FONDO_FINVIS_OWNER_PASSWORD';

/** The owner of an n8n that ends with this process. Its password is made by the process that starts it. */
export const OWNER: Account = {
	email: 'owner@example.com',
	password: (process.env[PASSWORD] ??= newPassword()),
	firstName: 'Demo',
	lastName: 'Owner',
};
