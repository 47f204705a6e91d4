import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import { masked, mended, type Step } from './page-steps.js';

const BY_DEFAULT = 'http://127.0.0.1:4010';

/** Somebody who does what a page says, in a folder and with a home in which there was nothing. */
export class Reader {
  /** Where the shell stands. */
  private folder: string;
  /** What the last command has printed. */
  private said = '';
  private sandbox: ChildProcess | undefined;
  private url = BY_DEFAULT;
  /** Lines that were shown on the page, and came. */
  compared = 0;

  constructor(
    folder: string,
    private readonly env: Record<string, string>,
  ) {
    this.folder = folder;
  }

  async does(step: Step): Promise<void> {
    if (step.kind === 'run') await this.types(step.text);
    else if (step.kind === 'shown') this.sees(step.text);
    else if (step.kind === 'file') this.write(step.name, step.text);
    else if (step.kind === 'copy') {
      this.write(step.name, readFileSync(resolve(step.from), 'utf8'));
    } else {
      const file = join(this.folder, step.name);
      writeFileSync(file, mended(readFileSync(file, 'utf8'), step.text));
    }
  }

  /** Ends what the page has started. */
  async leaves(): Promise<void> {
    const sandbox = this.sandbox;
    if (!sandbox || sandbox.exitCode !== null) return;
    const ended = new Promise((done) => sandbox.once('close', done));
    // npx has a child that listens: the whole group is ended.
    process.kill(-(sandbox.pid as number), 'SIGTERM');
    await ended;
  }

  private write(name: string, text: string): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text.replaceAll(BY_DEFAULT, this.url));
  }

  private sees(text: string): void {
    const lines = masked(this.said).split('\n');
    for (const line of masked(text).split('\n')) {
      if (line === '' || line === '…') continue;
      expect(lines, this.said).toContain(line);
      this.compared += 1;
    }
  }

  private async types(text: string): Promise<void> {
    if (/esoz-sandbox serve\b/.test(text)) return this.serves(text);
    const where = join(this.env.HOME ?? '', 'where');
    const script = `${text.replaceAll(BY_DEFAULT, this.url)}\ncode=$?\npwd > '${where}'\nexit $code`;
    const child = this.shell(script);
    this.said = '';
    const hear = (part: unknown) => {
      this.said += part;
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    await new Promise((done) => child.once('close', done));
    this.folder = readFileSync(where, 'utf8').trim();
  }

  /** In a terminal of its own, on a port that is free. */
  private async serves(text: string): Promise<void> {
    const child = this.shell(text.replace(/esoz-sandbox serve\b/, '$& --port 0'), true);
    this.sandbox = child;
    this.said = '';
    await new Promise<void>((done, fail) => {
      const hear = (part: unknown) => {
        this.said += part;
        if (this.said.includes('Ctrl-C')) done();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('close', () => fail(new Error(this.said)));
    });
    this.url = /http:\/\/127\.0\.0\.1:\d+/.exec(this.said)?.[0] ?? '';
  }

  private shell(script: string, detached = false): ChildProcess {
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    return spawn('bash', ['-c', script], { cwd: this.folder, env: this.env, stdio, detached });
  }
}
