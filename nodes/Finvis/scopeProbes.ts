import type { paths } from '../../contracts/finvis';

/** For each scope of Finvis that allows reading, a cheap read by which it can be tried. */
export const scopeProbes: ReadonlyArray<readonly [scope: string, path: keyof paths]> = [
	['read:ledger', '/accounts/'],
	['read:payments', '/payments/batches/'],
	['read:reporting', '/reporting/positions'],
	['read:reconciliation', '/reconciliation/matches'],
	['admin:public_api', '/webhooks/'],
];

/** A read for a credential that asks for no scope; which one it needs is not documented. */
export const readWithoutScope: keyof paths = '/companies';
