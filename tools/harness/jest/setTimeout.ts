// jest takes `testTimeout` from the top of its configuration only, and not per project.
const { testTimeoutMs } = globalThis as { testTimeoutMs?: number };
if (testTimeoutMs !== undefined) jest.setTimeout(testTimeoutMs);

export {};
