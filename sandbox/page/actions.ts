import { z } from 'zod';
import type { SandboxAdmin } from '../admin/admin';
import { approveAs } from '../finvis/approving';
import { Refusal } from '../http/refusal';
import { FINVIS_IDENTITIES } from '../identities';
import type { World } from '../world';
import { FAULT_CALLS, FAULT_KINDS, FAULT_TIMES, STREAM_FAULTS } from './faultChoices';
import { amount, plural } from './words';

/** What the page acts on; a reset replaces the world. */
export interface Sandbox {
	world: () => World;
	admin: SandboxAdmin;
}

interface Action {
	/** The part of the page where it is done. */
	at: string;
	/** Does it, and says what was done; an error says why it was not. */
	run: (form: unknown, sandbox: Sandbox) => string | Promise<string>;
}

const chosen = <T>(choices: Record<string, T>) =>
	z.string().transform((name, context): T => {
		const choice = Object.hasOwn(choices, name) ? choices[name] : undefined;
		if (choice !== undefined) return choice;
		context.addIssue({ code: 'custom', message: `must be one of ${Object.keys(choices).join(', ')}` });
		return z.NEVER;
	});

const people = Object.fromEntries(FINVIS_IDENTITIES.map((identity) => [identity.clientId, identity]));
const approvalForm = z.object({ approval: z.string(), person: chosen(people) });
const fourEyesForm = z.object({ on: z.enum(['yes', 'no']) });
const clockForm = z.object({ advanceSeconds: z.coerce.number().optional(), speed: z.coerce.number().optional() });
const faultForm = z.object({
	kind: chosen(FAULT_KINDS),
	api: z.enum(['both', 'fondo', 'finvis']),
	calls: chosen(FAULT_CALLS),
	times: chosen(FAULT_TIMES),
});
const oneFault = z.object({ id: z.coerce.number().int() });
const streamFaultForm = z.object({ 'stream-kind': chosen(STREAM_FAULTS) });
const oneDelivery = z.object({ id: z.string() });

/** Everything the page can be told to do, by the last part of its address. */
export const ACTIONS = new Map<string, Action>(
	Object.entries({
		approve: { at: 'approvals', run: approve },
		'four-eyes': {
			at: 'approvals',
			run: (form, { admin }) => {
				const fourEyes = fourEyesForm.parse(form).on === 'yes';
				admin.settings.patch({ finvis: { fourEyes } });
				return fourEyes ? 'Nobody may approve what they asked for.' : 'Everybody may approve, also what they asked for.';
			},
		},
		clock: {
			at: 'clock',
			run: (form, { admin }) => {
				const { advanceSeconds, speed } = clockForm.parse(form);
				if (speed !== undefined) admin.clock.speed(speed);
				if (advanceSeconds !== undefined) admin.clock.advance(advanceSeconds);
				const pace = admin.clock.speed();
				return `It is ${admin.clock.now().slice(0, 16).replace('T', ' ')}. The clock ${pace === 0 ? 'stands still' : `runs ${pace} times as fast as yours`}.`;
			},
		},
		fault: {
			at: 'faults',
			run: (form, { admin }) => {
				const { kind, api, calls, times } = faultForm.parse(form);
				const match = { ...calls.match, ...(api === 'both' ? {} : { api }) };
				admin.faults.add({ ...kind.fault, match, times: times.times });
				return `Switched on: ${kind.label}, ${calls.label}, ${times.label}.`;
			},
		},
		'fault-off': {
			at: 'faults',
			run: (form, { admin }) => `Switched off: ${plural(admin.faults.clear(oneFault.parse(form).id), 'fault')}.`,
		},
		'stream-fault': {
			at: 'stream',
			run: (form, { admin }) => {
				const { fault, label } = streamFaultForm.parse(form)['stream-kind'];
				admin.stream.faults.add(fault);
				return `Switched on for events: ${label}.`;
			},
		},
		'stream-faults-off': {
			at: 'stream',
			run: (_form, { admin }) => `Switched off: ${plural(admin.stream.faults.clear(), 'fault')} of the stream.`,
		},
		'stream-cut': { at: 'stream', run: (_form, { admin }) => `Cut: ${plural(admin.stream.cut(), 'connection')}.` },
		redeliver: {
			at: 'webhooks',
			run: async (form, { admin }) => {
				const { event, attempts } = await admin.webhooks.redeliver(oneDelivery.parse(form).id);
				return `Sent ${event} again; the answer was ${attempts.map((status) => (status === 0 ? 'none' : status)).join(', ')}.`;
			},
		},
		reset: {
			at: 'start-over',
			run: (_form, { admin }) => {
				admin.reset();
				return 'The sandbox is as it was at its start. All tokens, faults and webhooks are gone.';
			},
		},
	} satisfies Record<string, Action>),
);

async function approve(form: unknown, sandbox: Sandbox): Promise<string> {
	const { approval: id, person: identity } = approvalForm.parse(form);
	try {
		const approved = await approveAs(identity, id, sandbox.world());
		return `${identity.person} approved ${amount(approved.amount)} ${approved.currency}.`;
	} catch (error) {
		throw error instanceof Refusal ? new Error(`${identity.person} was refused (${error.status}): ${error.message}`) : error;
	}
}
