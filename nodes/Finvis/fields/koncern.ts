import { byPageNumber } from '../../shared/http/pagination';
import { locator } from '../contract';

export const koncern = locator('GET /koncerner', {
	label: 'Corporate Group (Koncern)',
	description: 'Only what belongs to this corporate group',
	example: '8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9',
	paging: byPageNumber,
	show: ({ name, id }) => ({ name, value: id }),
});
