import { describeStack, globalSetup } from '../../tools/harness/jest/globalStack';
import { startFreshStack, temporaryFolder } from '../../tools/harness/stack';

export default globalSetup(async () => await describeStack(await startFreshStack(temporaryFolder('e2e'))));
