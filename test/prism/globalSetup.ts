import { step } from '../../tools/base/progress';
import { globalSetup } from '../../tools/harness/jest/globalStack';
import { temporaryFolder } from '../../tools/harness/stack';
import { installPrism, startPrism } from '../../tools/prism/prism';

/** Where Prism serves each contract. */
export interface PrismUrls {
	readonly fondo: string;
	readonly finvis: string;
}

export default globalSetup(async (): Promise<PrismUrls> => {
	const cli = await installPrism();
	const logs = temporaryFolder('prism');
	return await step('Starting Prism for both contracts', async () => {
		const [fondo, finvis] = await Promise.all(['fondo', 'finvis'].map(async (name) => await startPrism(cli, name, logs)));
		return { fondo, finvis };
	});
});
