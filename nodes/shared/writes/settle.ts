/** What became of a call: its answer is compared with what was asked for, and in doubt the API is looked at again. */
import type { ApiResponse } from '../http/request';
import { isOk } from '../http/request';
import { saysNo } from '../http/envelope';
import { isEmpty, isRefused } from './answers';
import type { Attempt } from './attempt';
import { referenceConflict } from './diff';
import { ownAmong } from './look';
import type { Shown } from './write';

/** The answer of the write after its call. */
export async function settle(attempt: Attempt, response: ApiResponse): Promise<ApiResponse> {
	const { write } = attempt;
	if (response.outcome === 'rehearsed') {
		await attempt.forget();
		return response;
	}
	if (write.isCheck) return (await settleCheck(attempt, response)) ?? (await settleDoubt(attempt, response));
	const shown = isOk(response) ? write.shownBy(response) : undefined;
	if (shown !== undefined) {
		if (shown.conflict === undefined) return await attempt.done(response, shown);
		attempt.remember('sent');
		await attempt.marks.keepSent();
		return { ...response, outcome: 'unknown', otherValues: shown.conflict };
	}
	if (isOk(response) && saysNo(response.body)) return await settleNo(attempt, response);
	return isRefused(response) ? await settleRefusal(attempt, response) : await settleDoubt(attempt, response);
}

/** What the API shows after this call and that may be of this call. */
function ownLater({ write }: Attempt, all: readonly Shown[]): Shown | undefined {
	const own = write.needsEvidence ? all.filter(({ isProven }) => isProven) : all;
	return ownAmong(own, () => false);
}

async function lookOnce(attempt: Attempt): Promise<Shown | undefined> {
	return ownLater(attempt, await attempt.lookQuietly({ state: 'sent' }));
}

/** Only a check was asked for: an answer that shows an object has executed it. */
async function settleCheck(attempt: Attempt, response: ApiResponse): Promise<ApiResponse | undefined> {
	const executed = async (shown: Shown) =>
		await attempt.done({ ...response, body: shown.object, outcome: 'created', executedCheck: true }, shown);
	const shown = isOk(response) ? attempt.write.shownBy(response) : undefined;
	if (shown?.object.id !== undefined) return await executed({ ...shown, conflict: undefined });
	if (isOk(response) && saysNo(response.body)) {
		await attempt.forget();
		return { ...response, saidNo: true };
	}
	const late = isOk(response) ? await lookOnce(attempt) : undefined;
	if (late !== undefined) return await executed(late);
	if (!isOk(response) && !isRefused(response)) return undefined;
	await attempt.forget();
	return isOk(response) ? { ...response, outcome: 'validated' } : response;
}

/** A 2xx whose body says no. */
async function settleNo(attempt: Attempt, response: ApiResponse): Promise<ApiResponse> {
	const late = await lookOnce(attempt);
	if (late !== undefined && late.conflict === undefined)
		return await attempt.done({ ...response, body: late.object, outcome: undefined }, late);
	await attempt.forget();
	return { ...response, saidNo: true };
}

async function settleRefusal(attempt: Attempt, response: ApiResponse): Promise<ApiResponse> {
	if (attempt.isRepeat) return { ...response, outcome: 'unknown' };
	// A used key or reference, or a call that is still under way: what is there says which.
	const late = response.status === 409 || response.status === 422 ? await lookOnce(attempt) : undefined;
	if (late !== undefined && late.conflict === undefined)
		return await attempt.done({ ...response, status: 200, body: late.object, outcome: 'found' }, late);
	await attempt.forget();
	if (late?.conflict !== undefined) throw referenceConflict(late.reference ?? attempt.write.name, late.conflict);
	return response;
}

/** Only the API can know. The marks stay. */
async function settleDoubt(attempt: Attempt, response: ApiResponse): Promise<ApiResponse> {
	attempt.remember('sent');
	await attempt.marks.keepSent();
	const late = ownLater(attempt, await attempt.lookForSeconds('sent'));
	if (late !== undefined && late.conflict === undefined && late.dead === undefined)
		return await attempt.done({ ...response, status: 200, body: late.object, networkError: undefined, outcome: undefined }, late);
	if (response.status === 303) return await attempt.done({ ...response, status: 201, outcome: undefined });
	// 201, 202 and 204 say yes without a body. A 200 has lost its body, which may have said no: only a look can confirm it.
	const saysYes = response.status !== 200 || attempt.write.needsMemory === true;
	if (isOk(response) && isEmpty(response.body) && saysYes) return await attempt.done({ ...response, outcome: undefined });
	return { ...response, outcome: 'unknown' };
}
