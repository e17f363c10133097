import type { IDataObject } from 'n8n-workflow';
import { instrumentId } from '../../shared/swedish/isin';
import { withCheck } from '../../shared/fields/field';
import type { Values } from '../../shared/fields/field';
import { json } from '../../shared/fields/json';
import { list, text } from '../../shared/fields/text';

export const journeyType = text({
	label: 'Journey Type',
	description: 'What the customer shall do; createAccount is the one that Fondo documents',
	example: 'createAccount',
	initial: 'createAccount',
});

export const callbackUrl = text({
	label: 'Callback URL',
	description:
		"Where Fondo reports what becomes of the journey. As it stands: this execution, for 'Wait for Outcome' later in the same workflow. The address of a Fondo Journey Trigger can stand here instead, e.g. when an AI uses this as a tool.",
	example: 'https://n8n.example.se/webhook/journey',
	initial: '={{ $execution.resumeUrl }}',
});

export const redirectUrl = text({
	label: 'Redirect URL',
	description: 'Where the customer returns to at the end',
	example: 'https://www.example.se/done',
});

export const partnerData = text({
	label: 'Partner Data',
	description: 'Text of yours that comes back with the callback; it is sent in base64',
	example: 'customer-4711',
});

export const rawJourney = json({
	label: 'Raw Journey JSON',
	description: 'More of the journey as JSON, for what this panel does not offer. It replaces fields of the same name.',
	example: { transferInstructions: [] },
});

/** The first wrong ISIN among the funds of a plan. */
function planCheck(_: string, { allocationPlan }: Values): string | undefined {
	const { instruments } = allocationPlan as { instruments?: unknown };
	const shares: unknown[] = Array.isArray(instruments) ? instruments : [];
	return shares.map((share) => instrumentId(String((share as IDataObject | null)?.instrument))).find((reason) => reason !== undefined);
}

/** The parts of the journey itself under the names that the contract assumes. */
export const parts = {
	accountName: text({ label: 'Account Name', description: 'Name of the new account; without it the customer is asked', example: 'Spar' }),
	accountTypes: list({
		label: 'Account Types',
		description: 'Codes of the account types to choose from, separated by commas; isk is the one that Fondo documents',
		example: 'isk',
	}),
	serviceType: text({
		label: 'Service Type',
		description: 'Code of the service under which the account is run',
		example: 'portfolioManagement',
	}),
	allocationPlan: withCheck(
		planCheck,
		json({
			label: 'Allocation Plan',
			description: 'The plan to set up, as JSON',
			example: { instruments: [{ instrument: 'SE0001862426SEK', allocation: 100 }] },
		}),
	),
	kyc: json({ label: 'KYC Prefill', description: 'Answers with which the KYC questions start, as JSON', example: { monthlySaving: 1000 } }),
};
