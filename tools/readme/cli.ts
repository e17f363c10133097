import { writePages } from './tables';

/** `npm run readme`: rewrites the tables of operations and fields in docs/ from the registries. */
export async function main(): Promise<void> {
	writePages();
}
