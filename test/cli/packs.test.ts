import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { run, serve, until } from '../support/command.js';
import { needs } from '../support/runtimes.js';

const shell = promisify(execFile);
const PACK = ['--pack', 'medical-events'];
const CLIENT = ['--', 'node', 'test/clients/medical-events.mjs'];

describe('--pack', () => {
  describe('its curl lines', () => {
    needs('curl');

    it('serves another API, with curl lines that work when copied', async () => {
      const { text, url } = await serve(...PACK, '--clock', 'paced:1000');
      await until(() => text().includes('Ctrl-C'), text);
      expect(text()).toContain(`Medical Events API 2.0.0: 181 operations below ${url}, ${url}/api`);
      expect(text()).toContain('esoz-sandbox scenarios --pack medical-events');
      const [submit = '', poll = ''] = text().match(/^ {2}curl .*$/gm) ?? [];
      const { data } = JSON.parse((await shell('bash', ['-c', submit])).stdout);
      const [job] = data.links[0].href.split('/').slice(-1);
      const later = `sleep 0.05; ${poll.replace('JOB_ID', job)}`;
      expect(JSON.parse((await shell('bash', ['-c', later])).stdout).data.status).toBe('processed');
    });
  });

  it('lists and checks what belongs to that API', async () => {
    expect((await run('scenarios', ...PACK)).out).toMatch(
      /failed-validation .*\n.*chosen by path patient_id = 00000000-/,
    );
    expect((await run('suites', ...PACK)).out).toMatch(/^polling-basics {2}.* \(8 scenarios/m);
    // A folder that holds several catalogues is checked for the one that is served.
    const held = await run('lint', 'scenarios', ...PACK);
    const files = readdirSync('scenarios/medical-events').filter((name) => name.endsWith('.yaml'));
    expect(held.out).toBe(`${files.length} files, no mistake\n`);
  });

  it('plays the demo of that API', async () => {
    const { code, out } = await run('demo', ...PACK, '--pace', '100');
    expect(code).toBe(0);
    const told = ['finished', 'entered_in_error', '422: $.encounter.date', '503', 'processed'];
    expect(told.filter((word) => !out.includes(word))).toEqual([]);
  });

  it('proposes the nearest name, whatever the command', async () => {
    for (const command of ['serve', 'lint', 'suites', 'scenarios', 'demo']) {
      const { code, err } = await run(command, '--pack', 'medical-event');
      expect(err).toBe(
        'unknown pack "medical-event"; did you mean medical-events? [USAGE_UNKNOWN_PACK]\n',
      );
      expect(code).toBe(3);
    }
  });
});

describe('exec --pack', () => {
  it('goes red for one that asks without a pause', async () => {
    const asked = [...PACK, '--pace', '10', '--scenario', 'same-body-again'];
    const { out } = await run('exec', ...asked, ...CLIENT, '--every', '100');
    expect(out).toMatch(/ error spacing: /);
  });

  it('says what to do when an API has no jobs, so that no suite follows from them', async () => {
    const spec = 'test/guess/documents/no-jobs.yaml';
    const { code, err } = await run('exec', '--spec', spec, '--', 'true');
    expect(err).toContain('no suite comes with this API; name scenarios with --scenario');
    expect(code).toBe(3);
  });
});
