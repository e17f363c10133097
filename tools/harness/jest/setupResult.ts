declare global {
	/** The jest project of the running test; jest.config.js sets it. */
	var project: string;
}

/** The variable that hands the result of a project's globalSetup to its tests. */
export const variableOf = (project: string) => `FONDO_FINVIS_${project.toUpperCase()}`;

/** What the globalSetup of the running test's project returned. */
export function setupResult<T>(): T {
	const { project } = globalThis;
	const text = process.env[variableOf(project)];
	if (text === undefined) throw new Error(`Run these tests with jest --selectProjects ${project}, which starts what they need`);
	return JSON.parse(text);
}
