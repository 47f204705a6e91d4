import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serve, until } from '../support/command.js';
import { read } from './pages.js';

const PAGE = read('docs/your-own-api.md');
/** Its blocks of code in their order. */
const BLOCKS = [...PAGE.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text = '']) => ({
  language,
  text,
}));

/** What differs from run to run. */
function masked(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/in \d\.\d s$/gm, 'in N s')
    .replace(/[ \t]+$/gm, '');
}

/** Types a block into a shell in a folder, with the command line of the checkout. */
function type(folder: string, block: string): Promise<string> {
  const cli = `${process.execPath} ${resolve('scripts/cli.mjs')}`;
  const script = `esoz-sandbox() { ${cli} "$@"; }\n${block}`;
  const env = { ...process.env, NO_COLOR: '1', GITHUB_ACTIONS: '', GITLAB_CI: '' };
  return new Promise((done) => {
    execFile('bash', ['-c', script], { cwd: folder, env }, (_, stdout, stderr) =>
      done(stdout + stderr),
    );
  });
}

it('goes as the page tells, from an empty folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-tutorial-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  let url = '';
  let said = '';
  let compared = 0;
  for (const { language, text } of BLOCKS) {
    if (language === 'yaml') await writeFile(join(folder, 'openapi.yaml'), text);
    else if (language === 'js') await writeFile(join(folder, 'client.mjs'), text);
    else if (text.startsWith('esoz-sandbox serve')) {
      const served = await serve(join(folder, 'openapi.yaml'));
      await until(() => served.text().includes('Ctrl-C'), served.text);
      url = served.url;
      said = served.text().replaceAll(`${folder}/`, '');
    } else if (language === 'sh')
      said = await type(folder, text.replaceAll('http://127.0.0.1:4010', url));
    else if (language === 'text') {
      const lines = masked(said).split('\n');
      for (const line of masked(text).split('\n')) if (line !== '') expect(lines).toContain(line);
      compared += 1;
    }
  }
  expect(compared).toBe(7);
});
