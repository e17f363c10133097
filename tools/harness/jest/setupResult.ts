declare global {
	/** The jest project of the running test; jest.config.js sets it. */
	var project: string;
}

/** The variable by which the tests of a project reach what its globalSetup started. */
export const variableOf = (project: string) => `FONDO_FINVIS_${project.toUpperCase()}`;

/** What the globalSetup of the running test's project returned. */
export function setupResult<T>(): T {
	const { project } = globalThis;
	const text = process.env[variableOf(project)];
	if (text === undefined) throw new Error(`Run these tests with jest --selectProjects ${project}, which starts what they need`);
	return JSON.parse(text);
}
