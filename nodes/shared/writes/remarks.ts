import type { IDataObject } from 'n8n-workflow';

/**
 * What a receipt says about an object besides: how the API shows its reference where that is not as it was sent (null: not at
 * all), and a status that no version of this node knows, because it may mean that the object is not executed.
 */
export function remarksOn(object: IDataObject, field: string, isReference: (text: string) => boolean, alive: RegExp): IDataObject {
	const { [field]: shown, status } = object;
	return {
		...(typeof shown === 'string' && isReference(shown) ? {} : { referenceShownAs: shown ?? null }),
		...(typeof status !== 'string' || alive.test(status) ? {} : { statusNotKnown: status }),
	};
}
