import { isin } from '../../state/checkDigits';
import { round } from '../../state/decimal';
import type { Random } from '../../state/random';
import type { Instrument } from '../objects';

const HOUSES = [
	'Adrigo',
	'Bergslagen',
	'Fjällvind',
	'Hanseatica',
	'Kullen',
	'Mälarfonder',
	'Norrsken',
	'Skärgård',
	'Tallbacken',
	'Vasaborg',
	'Västanvind',
	'Öresund',
];

/** Name, price level and management fee in percent. */
const STRATEGIES: Array<[name: string, price: number, fee: number]> = [
	['Hedge', 150, 1.2],
	['Sverige', 320, 1.1],
	['Global', 240, 0.9],
	['Småbolag', 480, 1.4],
	['Norden', 210, 1.2],
	['Tillväxtmarknader', 130, 1.6],
	['Räntefond Kort', 105, 0.2],
	['Företagsobligation', 112, 0.5],
	['Balanserad 50', 165, 0.8],
	['Hållbar Teknik', 275, 1.3],
];

/** The contract's examples use this instrument, so it always exists. */
const FIRST_ISIN_BODY = '000186242';

export function seedInstruments(random: Random, priceDate: string): Instrument[] {
	return HOUSES.flatMap((house, h) =>
		STRATEGIES.map(([strategy, level, fee], s): Instrument => {
			const first = h === 0 && s === 0;
			const isincode = isin('SE', first ? FIRST_ISIN_BODY : `00${String(1000000 + h * 47_513 + s * 3_607).slice(0, 7)}`);
			// Funds in other currencies are not tradable, because accounts hold SEK only.
			const currency = h >= 10 && s === 2 ? 'EUR' : 'SEK';
			const tradable = currency === 'SEK' && !(h === 5 && s === 5);
			return {
				id: isincode + currency,
				isincode,
				name: `${house} ${strategy}`,
				currency,
				closePrice: round(level * (0.8 + random.next() * 0.5), 2),
				priceDate,
				kiid: [`https://documents.example.se/kiid/${isincode}.pdf`],
				decimalsUnits: 4,
				minInvestmentAmountSEK: 100,
				minInitialAmountSek: 100,
				minSubsequentAmountSek: 100,
				isComplex: strategy === 'Hedge',
				isBuyable: tradable,
				isSellable: currency === 'SEK',
				isTradable: tradable,
				cost: { managementFee: fee },
				rebate: round(fee * 40, 0),
			};
		}),
	);
}
