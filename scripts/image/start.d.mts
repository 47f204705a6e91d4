import type { Image } from './build.mjs';

interface Mount {
  from: string;
  to: string;
  readonly?: boolean;
}
export interface Ended {
  code: number | string;
  text: string;
}
export interface Container {
  /** Of process 1, as this machine has it. */
  pid: number;
  exited: Promise<number | string>;
  text(): string;
  exec(...command: string[]): Promise<Ended>;
  outside(command: string[], env?: Record<string, string>): Promise<Ended>;
  kill(signal: NodeJS.Signals): unknown;
  remove(): Promise<void>;
}
export interface ContainerOptions {
  args?: readonly string[];
  env?: Record<string, string>;
  tmpfs?: readonly string[];
  mounts?: readonly Mount[];
  beside?: Container;
  hosts?: readonly string[];
}
export function startContainer(image: Image, options?: ContainerOptions): Promise<Container>;
