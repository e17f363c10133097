/** The executions that n8n is asked to start. */
const awaited = new Map<string, () => void>();

const keyOf = (context: { getWorkflow: () => { id?: string }; getNode: () => { id: string } }, eventIds: readonly unknown[]) =>
	[context.getWorkflow().id, context.getNode().id, ...eventIds].join(' ');

/** Resolves when the execution begins. Where n8n runs executions in other processes, it never resolves: `forget` it then. */
export function awaitBegin(...of: Parameters<typeof keyOf>) {
	const key = keyOf(...of);
	const begun = new Promise<void>((resolve) => awaited.set(key, resolve));
	return { begun, forget: () => void awaited.delete(key) };
}

/** The execution with these events has begun. */
export const announceBegin = (...of: Parameters<typeof keyOf>) => awaited.get(keyOf(...of))?.();
