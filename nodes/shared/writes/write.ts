import type { IDataObject } from 'n8n-workflow';
import type { UserError } from '../core/userError';
import type { ApiRequest, ApiResponse } from '../http/request';

/** An object that an API shows under a reference, or that an act changes. */
export interface Shown {
	readonly object: IDataObject;
	/** What it shows other than what is asked for, in a sentence. */
	readonly conflict?: string;
	/** The reference that it has, where the write uses up several. */
	readonly reference?: string;
	/** Why it will never be executed. */
	readonly dead?: UserError;
	/** The object itself proves that this node made it. */
	readonly isProven?: boolean;
	/** What the receipt adds about it. */
	readonly remarks?: IDataObject;
}

/** What one process knows of an earlier call of the same write. */
export interface KnownWrite {
	readonly fingerprint: string;
	readonly state: 'sent' | 'done';
	readonly at: number;
	readonly object?: IDataObject;
}

/** What is known of an earlier call when the API is looked at. */
export type Recall = Pick<KnownWrite, 'object'> & { readonly state: KnownWrite['state'] | 'nothing' };

/** A further reference that a write uses up. */
export interface Claim {
	readonly key: string;
	readonly content: unknown;
	readonly name: string;
	/** Other writes may use it up too, where they say the same. */
	readonly isShared?: true;
}

/** One write, as the adapter of an API describes it to the record of writes. */
export interface Write extends Claim {
	/** All that makes it the same intent. */
	readonly key: string;
	/** What is asked for, compared by value. */
	readonly content: unknown;
	/** The reference or ID in messages. */
	readonly name: string;
	readonly claims?: readonly Claim[];
	/** Marks of version 0.1.0 for the same write: that it was sent, that it was sent with this content, that the API executed it. */
	readonly before?: { readonly sent: string; readonly same: string; readonly done?: readonly string[] };
	/** The call as it goes out. */
	readonly request: ApiRequest;
	/** The lists of the API show it late or never, so it is not sent where n8n keeps no marks. */
	readonly needsMemory?: boolean;
	/** An object under the reference counts only where the record or the object itself proves that this node made it. */
	readonly needsEvidence?: boolean;
	/** A second execution changes nothing, so what was sent and is not shown is sent again. */
	readonly isIdempotent?: boolean;
	/** The call only asks for a check. */
	readonly isCheck?: boolean;
	/** What the API shows now. Throws a ListUnavailableError when it cannot be read. */
	readonly look: (recall: Recall) => Promise<readonly Shown[]>;
	/** The object that an answer to this write shows. */
	readonly shownBy: (response: ApiResponse) => Shown | undefined;
}
