import { resources as finvisResources } from '../../nodes/Finvis/resources';
import { resources as fondoResources } from '../../nodes/Fondo/resources';
import { isWrite } from '../../nodes/shared/resource';
import { useStack } from '../../tools/harness/jest/useStack';
import { openMcp, type AiTool } from './aiHosts';
import { REFUSED, testAiTools } from './aiTools';
import { operationByAi } from './byAi';

const { owner, sandbox } = useStack();

describe("over n8n's MCP Server Trigger", () => {
	testAiTools(openMcp);

	test.each([
		['fondo', fondoResources],
		['finvis', finvisResources],
	] as const)('every write of %s, with every field filled by the AI, is refused where it is not allowed', async (api, resources) => {
		const writes = Object.entries(resources).flatMap(([resource, { operations }]) =>
			Object.entries(operations)
				.filter(([, operation]) => isWrite(operation))
				.map(([operation, definition]) => ({ name: `${resource}_${operation}`, resource, operation, ...operationByAi(definition) })),
		);
		const before = (await sandbox.requests()).length;
		const tools = writes.map(({ name, resource, operation, parameters }): AiTool => ({
			name,
			api,
			parameters: { resource, operation, ...parameters },
		}));
		const mcp = await openMcp(owner, tools);
		const answers: Record<string, string> = {};
		for (const { name, values } of writes) answers[name] = await mcp.call(name, values);
		expect(writes.length).toBeGreaterThan(5);
		expect(Object.entries(answers).filter(([, answer]) => !answer.includes(REFUSED))).toEqual([]);
		expect((await sandbox.requests()).length).toBe(before);
	});
});
