/** Something that real documents do and few expect, and what a client is then answered. */
export interface Oddity {
  name: string;
  /** YAML: a schema by path. GET answers by it, POST takes it as JSON and answers 200 without content. */
  values?: string;
  /** YAML: path items. */
  paths?: string;
  /** YAML: components. */
  components?: string;
  asks: readonly Ask[];
}

export interface Ask {
  /** `GET /path?query`. */
  ask: string;
  /** As text it is sent as it stands. */
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
  /** `refused` stands for any status from 400 to 499. */
  wanted: number | 'refused';
}

export const ok = (ask: string, more: Partial<Ask> = {}): Ask => ({ ask, wanted: 200, ...more });

export const takes = (path: string, body: unknown, type?: string): Ask => ({
  ask: `POST ${path}`,
  body,
  wanted: 200,
  ...(type ? { type } : {}),
});

export const refuses = (path: string, body: unknown, type?: string): Ask => ({
  ...takes(path, body, type),
  wanted: 'refused',
});
