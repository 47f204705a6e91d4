import { describe, expect, it } from 'vitest';
import { curlLines } from '../../src/cli/curl-lines.js';
import { loadApis } from '../../src/load/load-setup.js';

describe('the lines to paste into a shell', () => {
  it('name a job where the binding says that it stands', async () => {
    const [api] = await loadApis({ spec: 'test/fixtures/device-flow/openapi.yaml' });
    const [, poll] = curlLines(api, 'http://localhost:4010');
    expect(poll).toBe(
      "curl -s -X POST http://localhost:4010/token -H 'Content-Type: application/x-www-form-urlencoded' -d 'grant_type=text&device_code=JOB_ID'",
    );
  });
});
