import { describe, expect, it } from 'vitest';
import { CREDENTIALS, send } from '../support/client.js';
import { serve, until } from '../support/command.js';

describe('the line of an exchange', () => {
  it('shows control characters of a request and obeys none', async () => {
    const { url, text } = await serve();
    const evil = '%1b%5b2J%0afake%e2%80%ae';
    await send('GET', `${url}/patients/composition/job/${evil}`, { headers: CREDENTIALS });
    await until(() => text().includes('400'), text);
    const line = text()
      .split('\n')
      .find((one) => one.includes('400'));
    expect(line).toContain('job \\u001b[2J\\u000afak');
    expect(text()).not.toContain('\u001b');
  });
});
