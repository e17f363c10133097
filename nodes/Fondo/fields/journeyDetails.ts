import { json } from '../../shared/fields/json';
import { list, text } from '../../shared/fields/text';

export const journeyType = text({ label: 'Journey Type', description: 'What the customer shall do; createAccount is the one that Fondo documents', example: 'createAccount', initial: 'createAccount' });
export const accountName = text({ label: 'Account Name', description: 'Name of the new account; without it the customer is asked', example: 'Spar' });
export const accountTypes = list({ label: 'Account Types', description: 'Codes of the account types to choose from, separated by commas; isk is the one that Fondo documents', example: 'isk' });
export const serviceType = text({ label: 'Service Type', description: 'Code of the service under which the account is run', example: 'portfolioManagement' });
export const allocationPlan = json({ label: 'Allocation Plan', description: 'The plan to set up, as JSON', example: { instruments: [{ instrument: 'SE0000810798SEK', allocation: 100 }] } });
export const kyc = json({ label: 'KYC Prefill', description: 'Answers with which the KYC questions start, as JSON', example: { monthlySaving: 1000 } });
