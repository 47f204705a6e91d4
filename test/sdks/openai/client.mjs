// The loop that people write around the SDK: it has no poller of its own for batches.
import OpenAI from 'openai';
import { base, end, sleep } from '../common.mjs';

const OVER = ['completed', 'failed', 'expired', 'cancelled'];
const client = new OpenAI({ apiKey: 'key', baseURL: `${base}/v1` });

await end(async () => {
  let batch = await client.batches.create({
    input_file_id: 'file-1',
    endpoint: '/v1/responses',
    completion_window: '24h',
  });
  while (!OVER.includes(batch.status)) {
    await sleep(5000);
    batch = await client.batches.retrieve(batch.id);
  }
  return batch.output_file_id ?? batch.errors?.data?.[0]?.message;
});
