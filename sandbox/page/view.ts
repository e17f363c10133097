import type { SandboxAdmin } from '../admin/admin';
import type { World } from '../world';

/** What a section is made of: the world of the moment, and what the reader wants to see of it. */
export interface View {
	world: World;
	admin: SandboxAdmin;
	/** Only rows with this text, in lower case; empty shows all. */
	find: string;
	/** The table that is shown at length. */
	all: string;
}
