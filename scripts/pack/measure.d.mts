import type { ChildProcess, SpawnOptions } from 'node:child_process';

export function sizeOf(folder: string): { packages: number; files: number; mib: number };
export function filesOf(folder: string): { files: number; mib: number };
export function emptyHome(home: string, path?: string): Record<string, string>;
export function startAndAsk(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<{ child: ChildProcess; url: string; seconds: number; end(): Promise<unknown> }>;
export function firstVerdict(url: string): Promise<void>;
