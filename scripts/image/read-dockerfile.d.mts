export interface Stage {
  base: string;
  name?: string;
  steps: Record<string, unknown>[];
}
export function readDockerfile(text: string): Stage[];
