import { describe, expect, it } from 'vitest';
import { boardTests } from '../support/board.js';

/** A job that there is not. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

const openBoard = boardTests();

describe('the contract', () => {
  it('is browsed and tried, and what is tried goes to the session', async () => {
    const { page, sandbox, axe } = await openBoard({ at: 'contract/compositions?session=tried' });
    await page.getByRole('heading', { name: /^Compositions API/ }).waitFor();
    expect(await axe()).toEqual([]);
    await page.getByText('/patients/composition/job/{asyncJobId}').click();
    await page.locator('[data-param-name="asyncJobId"] input').fill(NOBODY);
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table tbody .response-col_status').first().waitFor();
    expect(await axe()).toEqual([]);
    const [asked] = sandbox.session('tried').journal();
    expect(asked).toMatchObject({ operation: 'getAsyncJobStatus', status: 404 });
    expect(asked?.request.headers).toHaveProperty('authorization');
  });

  it('is tried with a token where only tokens are let in', async () => {
    const { page, sandbox } = await openBoard({ at: 'sessions' }, { pack: 'esoz' });
    sandbox.session('tried').set({ auth: 'strict' });
    await page.getByRole('link', { name: /^tried/ }).waitFor();
    await page.goto(`${sandbox.url}/__sandbox/#/contract/compositions?session=tried`);
    await page.getByText('/patients/composition/job/{asyncJobId}').click();
    await page.locator('[data-param-name="asyncJobId"] input').fill(NOBODY);
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table tbody .response-col_status').first().waitFor();
    expect(sandbox.session('tried').journal()[0]).toMatchObject({ status: 404 });
  });

  it('is that of the control API too', async () => {
    const looking = { at: 'contract/control', width: 360, lang: 'uk', scheme: 'dark' } as const;
    const { page, sandbox, axe, overflow } = await openBoard(looking);
    await page.getByRole('heading', { name: /^Control API/ }).waitFor();
    const put = page.locator('#operations-Sessions-putSession');
    await put.getByRole('button').first().click();
    await put.locator('[data-param-name="session"] input').fill('made-by-hand');
    await put.getByRole('button', { name: 'Виконати' }).click();
    await put.locator('.live-responses-table tbody .response-col_status').first().waitFor();
    expect(await axe()).toEqual([]);
    expect(await overflow()).toBe(0);
    const { sessions } = await (await fetch(`${sandbox.url}/__sandbox/sessions`)).json();
    expect(sessions.map(({ name }: { name: string }) => name)).toContain('made-by-hand');
  });

  it('has our addresses where an operation has servers of its own', async () => {
    const { sandbox } = await openBoard();
    const read = async (path: string) => (await fetch(`${sandbox.url}/__sandbox/${path}`)).json();
    const { contracts } = await read('contracts');
    expect(contracts.map(({ name }: { name: string }) => name)).toEqual(['compositions']);
    const document = await read('contracts/compositions?session=a');
    expect(document.servers[0].url).toBe(`${sandbox.url}/~a/api`);
    expect(JSON.stringify(document.components.securitySchemes)).not.toContain('ehealth.gov.ua');
    expect(JSON.stringify(document.paths)).not.toContain('"servers"');
    const unknown = await read('contracts/composition');
    expect(unknown.error).toMatchObject({ code: 'CONTROL_UNKNOWN_CONTRACT' });
    expect(unknown.error.message).toContain('did you mean');
  });
});
