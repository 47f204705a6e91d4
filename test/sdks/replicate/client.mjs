import Replicate from 'replicate';
import { base, end } from '../common.mjs';

const client = new Replicate({ auth: 'key', baseUrl: `${base}/v1` });

await end(async () => {
  const input = { text: 'Alice' };
  const prediction = await client.predictions.create({ version: '5c7d5dc6', input });
  return (await client.wait(prediction, {})).output;
});
