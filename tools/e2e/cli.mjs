// `npm run e2e`: the demo without a screen, and jest looking at what it did.
import { runSuite, startSuiteStack, temporaryFolder } from '../suite.mjs';
import { runTool } from '../tool.mjs';

await runTool(async () => await runSuite('e2e', await startSuiteStack(temporaryFolder('e2e'))));
