/**
 * How the client's run stands: `over`, it came to its own end; `stopped`, somebody ended a client that
 * would have gone on; `running`, it still goes on, so what it has not done yet is not held against it.
 */
export const RUNS = ['over', 'stopped', 'running'] as const;
export type Run = (typeof RUNS)[number];
