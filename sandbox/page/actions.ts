import { z } from 'zod';
import type { SandboxAdmin } from '../admin/admin';
import type { SandboxState } from '../admin/sandboxState';
import { approveAs } from '../finvis/console';
import { HttpError } from '../http/httpError';
import { FINVIS_IDENTITIES } from '../state/identities';
import { FAULT_KINDS, FAULT_REQUESTS, FAULT_TIMES, STREAM_FAULTS } from './faultChoices';
import { amount, plural, timeInStockholm } from './format';

/** What the page changes. `state` returns the current state, because a reset replaces it. */
export interface PageSandbox {
	state: () => SandboxState;
	admin: SandboxAdmin;
}

interface Action {
	/** The section of the page that shows the result. */
	section: string;
	/** Runs the action and returns the notice of its success; throws an error with the reason of its failure. */
	run: (form: unknown, sandbox: PageSandbox) => string | Promise<string>;
}

const oneOf = <T>(choices: Record<string, T>) =>
	z.string().transform((name, context): T => {
		const choice = Object.hasOwn(choices, name) ? choices[name] : undefined;
		if (choice !== undefined) return choice;
		context.addIssue({ code: 'custom', message: `must be one of ${Object.keys(choices).join(', ')}` });
		return z.NEVER;
	});

const people = Object.fromEntries(FINVIS_IDENTITIES.map((identity) => [identity.clientId, identity]));
const approvalForm = z.object({ approval: z.string(), person: oneOf(people) });
const fourEyesForm = z.object({ on: z.enum(['yes', 'no']) });
const clockForm = z.object({ advanceSeconds: z.coerce.number().optional(), speed: z.coerce.number().optional() });
const faultForm = z.object({
	kind: oneOf(FAULT_KINDS),
	api: z.enum(['both', 'fondo', 'finvis']),
	requests: oneOf(FAULT_REQUESTS),
	times: oneOf(FAULT_TIMES),
});
const faultIdForm = z.object({ id: z.coerce.number().int() });
const streamFaultForm = z.object({ 'stream-kind': oneOf(STREAM_FAULTS) });
const vendorForm = z.object({ position: z.string() });
const deliveryIdForm = z.object({ id: z.string() });

/** The actions of the page, by the last part of their address. */
export const ACTIONS = new Map<string, Action>(
	Object.entries({
		approve: { section: 'approvals', run: approve },
		'four-eyes': {
			section: 'approvals',
			run: (form, { admin }) => {
				const fourEyes = fourEyesForm.parse(form).on === 'yes';
				admin.settings.patch({ finvis: { fourEyes } });
				return fourEyes ? 'A person may not approve their own request.' : 'A person may approve their own request.';
			},
		},
		clock: {
			section: 'clock',
			run: (form, { admin }) => {
				const { advanceSeconds, speed } = clockForm.parse(form);
				if (speed !== undefined) admin.clock.speed(speed);
				if (advanceSeconds !== undefined) admin.clock.advance(advanceSeconds);
				const current = admin.clock.speed();
				const now = admin.clock.now();
				return `It is ${now.slice(0, 16).replace('T', ' ')} UTC, ${timeInStockholm(now).slice(0, 16)} in Stockholm. The clock ${current === 0 ? 'has stopped' : `runs ${current} times as fast as yours`}.`;
			},
		},
		fault: {
			section: 'faults',
			run: (form, { admin }) => {
				const { kind, api, requests, times } = faultForm.parse(form);
				const match = { ...requests.match, ...(api === 'both' ? {} : { api }) };
				admin.faults.add({ ...kind.fault, match, times: times.times });
				return `Switched on: ${kind.label}, ${requests.label}, ${times.label}.`;
			},
		},
		'fault-off': {
			section: 'faults',
			run: (form, { admin }) => `Switched off: ${plural(admin.faults.clear(faultIdForm.parse(form).id), 'fault')}.`,
		},
		'stream-fault': {
			section: 'stream',
			run: (form, { admin }) => {
				const { fault, label } = streamFaultForm.parse(form)['stream-kind'];
				admin.stream.faults.add(fault);
				return `Switched on for events: ${label}.`;
			},
		},
		'vendor-on': {
			section: 'vendor',
			run: (form, { admin }) => {
				const { position } = vendorForm.parse(form);
				const on = admin.vendor.on();
				if (!on.includes(position)) admin.vendor.set([...on, position]);
				return `Switched on: ${position}.`;
			},
		},
		'vendor-off': {
			section: 'vendor',
			run: (form, { admin }) => {
				const { position } = vendorForm.parse(form);
				admin.vendor.set(admin.vendor.on().filter((name) => name !== position));
				return `Switched off: ${position}.`;
			},
		},
		'stream-faults-off': {
			section: 'stream',
			run: (_form, { admin }) => `Switched off: ${plural(admin.stream.faults.clear(), 'fault')} of the stream.`,
		},
		'stream-cut': { section: 'stream', run: (_form, { admin }) => `Cut: ${plural(admin.stream.cut(), 'connection')}.` },
		redeliver: {
			section: 'webhooks',
			run: async (form, { admin }) => {
				const { event, attempts } = await admin.webhooks.redeliver(deliveryIdForm.parse(form).id);
				return `Sent ${event} again; the response was ${attempts.map((status) => (status === 0 ? 'none' : status)).join(', ')}.`;
			},
		},
		reset: {
			section: 'start-over',
			run: (_form, { admin }) => {
				const used = new Set(admin.ledger().map(({ api, reference }) => `${api} ${reference}`)).size;
				admin.reset();
				const remembered = used === 0 ? '' : ` n8n still remembers ${plural(used, 'reference')} of the old ledger, if it sent them.`;
				return `The sandbox is back at its start, without tokens, faults and webhooks.${remembered}`;
			},
		},
	} satisfies Record<string, Action>),
);

async function approve(form: unknown, sandbox: PageSandbox): Promise<string> {
	const { approval: id, person: identity } = approvalForm.parse(form);
	try {
		const approved = await approveAs(identity, id, sandbox.state().finvis);
		return `${identity.person} approved ${amount(approved.amount)} ${approved.currency}.`;
	} catch (error) {
		throw error instanceof HttpError ? new Error(`${identity.person} was refused (${error.status}): ${error.message}`) : error;
	}
}
