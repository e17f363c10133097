import type { BenchStack } from './bench';

export interface BenchPlan {
	/** A little of everything, to test the tool. */
	readonly quick: boolean;
	readonly rounds: number;
	readonly log: (line: string) => void;
}

export interface Verdict {
	readonly goal: string;
	readonly measured: string;
	readonly reached: boolean;
}

export interface JobResult {
	readonly title: string;
	/** The bars of the chart and their unit; a job without bars is not in the chart. */
	readonly bars?: ReadonlyArray<readonly [way: string, value: number]>;
	readonly unit?: string;
	/** The first row is the head. */
	readonly table: ReadonlyArray<ReadonlyArray<string | number>>;
	readonly verdicts: readonly Verdict[];
}

export type Job = (bench: BenchStack, plan: BenchPlan) => Promise<JobResult>;
