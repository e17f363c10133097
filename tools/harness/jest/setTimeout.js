// @ts-check
// jest takes `testTimeout` from the top of its configuration only, and not per project.
const { testTimeoutMs } = /** @type {{ testTimeoutMs?: number }} */ (globalThis);
if (testTimeoutMs !== undefined) jest.setTimeout(testTimeoutMs);
