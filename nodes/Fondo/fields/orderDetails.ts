import { quantity } from '../../shared/fields/amount';
import { choice } from '../../shared/fields/choice';
import { visibleWhen } from '../../shared/fields/field';

export const orderType = choice({
	label: 'Order Type',
	description: 'A subscription invests an amount in the fund, a redemption sells units of it',
	options: { subscription: 'Subscription', redemption: 'Redemption' },
	initial: 'subscription',
});
export const amount = visibleWhen(
	{ orderType: ['subscription'] },
	quantity({ label: 'Amount', description: 'Amount to invest, in the currency of the account', example: '1500', decimals: 2 }),
);
export const units = visibleWhen(
	{ orderType: ['redemption'] },
	quantity({ label: 'Units', description: 'Fund units to sell, at most seven decimals', example: '12.3456789', decimals: 7 }),
);
