// The poller that the SDK has for a batch of files of a vector store.
import OpenAI from 'openai';
import { base, end } from '../common.mjs';

const client = new OpenAI({ apiKey: 'key', baseURL: `${base}/v1` });

await end(async () => {
  const batch = await client.vectorStores.fileBatches.createAndPoll('vs_1', {
    file_ids: ['file-1'],
  });
  return batch.status;
});
